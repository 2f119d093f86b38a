namespace Pilotage.Evaluation;

/// <summary>Keeps finished trials, so that an interrupted study goes on where it stopped. Called from several threads, never twice at once for one trial.</summary>
public interface ITrialStore
{
    /// <summary>Looks for a trial.</summary>
    /// <param name="arm">Name of the arm.</param>
    /// <param name="seed">The trial's seed.</param>
    /// <returns>The trial with the very values that were saved; <see langword="null"/> if there is none that can be trusted.</returns>
    FinishedTrial? TryLoad(string arm, int seed);

    /// <summary>Keeps a trial. Either all of it is kept or nothing.</summary>
    /// <param name="arm">Name of the arm.</param>
    /// <param name="seed">The trial's seed.</param>
    /// <param name="trial">What it left.</param>
    /// <exception cref="RunFailedException">It cannot be kept, for instance because the disk is full.</exception>
    void Save(string arm, int seed, FinishedTrial trial);
}
