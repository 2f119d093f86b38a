namespace Pilotage;

/// <summary>What the user gave cannot be used: a setting, a file, a combination. Shown as one message without a stack trace, exit code 2.</summary>
/// <remarks>Each problem says what, got, allowed, where and what to do; a check gathers all problems before it throws.</remarks>
public sealed class UserMistakeException : Exception
{
    /// <summary>One problem.</summary>
    /// <param name="problem">What, got, allowed, where, what to do.</param>
    public UserMistakeException(string problem) : this([problem]) { }

    /// <summary>All problems that a check found.</summary>
    /// <param name="problems">At least one.</param>
    public UserMistakeException(IReadOnlyList<string> problems) : base(string.Join(Environment.NewLine, problems)) => Problems = problems;

    /// <summary>The problems, in the order in which they were found.</summary>
    public IReadOnlyList<string> Problems { get; }

    /// <summary>Throws if a check found anything.</summary>
    /// <param name="problems">May be empty.</param>
    /// <exception cref="UserMistakeException"><paramref name="problems"/> is not empty.</exception>
    public static void ThrowIfAny(IReadOnlyList<string> problems)
    {
        if (problems.Count > 0) throw new UserMistakeException(problems);
    }
}
