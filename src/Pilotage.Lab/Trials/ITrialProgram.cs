using Pilotage.Evaluation;

namespace Pilotage.Lab.Trials;

/// <summary>Computes trials from text alone, so that any process with the same program can: it rebuilds the study that the text describes and runs one of its trials.</summary>
public interface ITrialProgram
{
    /// <summary>Names the kind of text that the program understands, such as <c>study</c>.</summary>
    string Kind { get; }

    /// <summary>Computes a trial.</summary>
    /// <param name="text">All that the study is made from, as the one who asked wrote it.</param>
    /// <param name="arm">Name of the arm.</param>
    /// <param name="seed">The trial's seed.</param>
    /// <param name="cancellation">Stops within the trial.</param>
    /// <returns>What the trial left: the same measurements wherever it is computed.</returns>
    /// <exception cref="UserMistakeException">The text, its data or the arm's input cannot be used.</exception>
    /// <exception cref="RunFailedException">The trial's run failed.</exception>
    FinishedTrial Run(string text, string arm, int seed, CancellationToken cancellation);
}
