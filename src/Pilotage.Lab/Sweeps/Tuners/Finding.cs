namespace Pilotage.Lab.Sweeps.Tuners;

/// <summary>What a candidate reached on the tuning seeds.</summary>
/// <param name="Proposal">The candidate and its budget.</param>
/// <param name="Score">Mean over seeds, turned so that more is better; negative infinity if it failed: worse than all that did not.</param>
internal sealed record Finding(Proposal Proposal, double Score)
{
    /// <summary>The score of each seed, in the metric's own direction; empty if it failed.</summary>
    public IReadOnlyList<double> Seeds { get; init; } = [];

    /// <summary>Why it failed; empty if it did not.</summary>
    public string Failure { get; init; } = "";

    /// <summary>Whether it failed.</summary>
    public bool IsFailed => Failure.Length > 0;

    /// <summary>The best finding; of equals the candidate that was proposed first, so that the default wins ties.</summary>
    public static IEnumerable<Finding> Ranked(IEnumerable<Finding> findings) => findings.OrderByDescending(finding => finding.Score).ThenBy(finding => finding.Proposal.Candidate.Index);
}
