namespace Pilotage.Evaluation;

/// <summary>Computes the trials of one study in another place than the thread that asks, such as another process or machine.</summary>
/// <remarks>A trial is a pure function of the study and its seed, so where it is computed changes no measurement. Called from several threads, never twice at once for one trial.</remarks>
public interface ITrialRunner
{
    /// <summary>Computes a trial and waits for it.</summary>
    /// <param name="arm">Name of the arm.</param>
    /// <param name="seed">The trial's seed.</param>
    /// <param name="cancellation">Stops waiting, and the trial if that is possible.</param>
    /// <returns>What the trial left.</returns>
    /// <exception cref="RunFailedException">The trial's run failed, or nobody is left to compute it.</exception>
    /// <exception cref="UserMistakeException">The arm refused its input.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    FinishedTrial Run(string arm, int seed, CancellationToken cancellation);
}
