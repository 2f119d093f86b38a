using Pilotage.Evaluation;
using Pilotage.Evaluation.Statistics;

namespace Pilotage.Systems.Language.R2vpo;

/// <summary>What an update without a clip makes of a rare success: claims by the sign test over searches, one for each step size, which share their level.</summary>
/// <param name="searches">Searches of each arm.</param>
/// <param name="rates">Step sizes.</param>
internal sealed class RareClaims(int searches, IReadOnlyList<double> rates)
{
    private const double Level = 0.05;

    /// <summary>All claims.</summary>
    public IReadOnlyList<Claim> All() =>
    [
        .. rates.Select(rate => new Claim(
            FormattableString.Invariant($"d-{rate}"), FormattableString.Invariant($"At a step size of {rate} the bound finds the rare string in fewer batches than the clip (median difference)"),
            "arXiv:2601.03320, abstract: rare, high-return samples; bar of this bench", Replication.Instance, results => Compare(results, rate), Region.Below(0), MinimumUnits: 8)
        {
            Level = Level,
            Comparisons = rates.Count,
            PlannedUnits = searches,
            SmallestP = units => Math.ScaleB(1, -units),
        }),
    ];

    private Effect Compare(StudyResults results, double rate)
    {
        var (bound, clip) = (results.Values(RareArms.Dual, 0, R2vpoMetrics.RareSteps(rate)), results.Values(RareArms.Clip, 0, R2vpoMetrics.RareSteps(rate)));
        var test = new SignTest([.. bound.Select(search => search.Value - clip[search.Key])]);
        var bounds = test.Bounds(Level / rates.Count);
        return new(test.Estimate, bounds.Low, bounds.High, test.Units, test.SmallestP)
        {
            P = Math.Min(1, test.PBelow(0) * rates.Count),
            Test = FormattableString.Invariant($"{test.Name}; paired differences, {test.Units} searches; one-sided; level {Level} over {rates.Count} comparisons (Bonferroni)"),
        };
    }
}
