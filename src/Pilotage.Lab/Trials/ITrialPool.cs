using Pilotage.Evaluation;

namespace Pilotage.Lab.Trials;

/// <summary>Workers that compute trials, in other processes or on other machines.</summary>
public interface ITrialPool
{
    /// <summary>How many trials it computes at once, at least 1.</summary>
    int Slots { get; }

    /// <summary>Gives what computes the trials of one study.</summary>
    /// <param name="kind">The program that understands the text; see <see cref="ITrialProgram.Kind"/>.</param>
    /// <param name="text">All that the study is made from.</param>
    /// <returns>For <see cref="StudyRun.Runner"/>.</returns>
    ITrialRunner Runner(string kind, string text);
}
