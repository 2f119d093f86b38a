using Pilotage.Evaluation;

namespace Pilotage.Systems;

/// <summary>What a system is.</summary>
/// <param name="Slug">As users type it: <c>cloud-autoscaling</c>.</param>
/// <param name="Title">The paper's title.</param>
/// <param name="Source">For example <c>arXiv:2001.09957</c>.</param>
/// <param name="Family">Operations, Control, Language…</param>
/// <param name="Summary">One line: which decision it makes better.</param>
/// <param name="Facts">Quick facts as name and value.</param>
/// <param name="Minutes">What each scale takes on two cores, in minutes.</param>
/// <param name="Input">What a user brings to <c>apply</c>, in one sentence.</param>
public sealed record SystemDescription(
    string Slug, string Title, string Source, string Family, string Summary, IReadOnlyList<(string Name, string Value)> Facts,
    IReadOnlyDictionary<Scale, double> Minutes, string Input)
{
    /// <summary>Whether <c>apply</c> also takes names as its input, such as that of an environment: then a path that does not exist is the system's to judge.</summary>
    public bool TakesNames { get; init; }

    /// <summary>Whether <c>apply</c> hands independent parts of its work to <see cref="ApplyRequest.Parts"/>, so that workers can compute them.</summary>
    public bool SharesApply { get; init; }
}
