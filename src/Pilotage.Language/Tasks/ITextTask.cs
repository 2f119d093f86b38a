namespace Pilotage.Language.Tasks;

/// <summary>Problems with a verifier.</summary>
public interface ITextTask
{
    /// <summary>Its name.</summary>
    string Name { get; }

    /// <summary>The problems of a split, always in the same order.</summary>
    /// <param name="split">Which.</param>
    /// <returns>At least one.</returns>
    IReadOnlyList<TextProblem> Problems(Split split);

    /// <summary>Judges a response. Thread-safe.</summary>
    /// <param name="problem">One of the task's.</param>
    /// <param name="response">What the model wrote, without the end token.</param>
    /// <returns>The reward; tasks with exact verifiers give 1 or 0.</returns>
    double Verify(TextProblem problem, string response);
}
