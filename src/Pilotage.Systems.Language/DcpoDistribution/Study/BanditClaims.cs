using Pilotage.Evaluation;
using Pilotage.Evaluation.Statistics;

namespace Pilotage.Systems.Language.DcpoDistribution;

/// <summary>Statements about expected updates on bandits: nothing is estimated, the worst of all starts is the effect.</summary>
/// <param name="instances">Pairs of set point and start.</param>
internal sealed class BanditClaims(int instances)
{
    /// <summary>How near to the set point the entropy must end, in nats.</summary>
    public const double Precision = 0.02;

    private const double Collapsed = 0.05;
    private const string Source = "arXiv:2601.12730, released update in expectation; bar of this bench";

    /// <summary>All claims.</summary>
    public IReadOnlyList<Claim> All() =>
    [
        Worst("a-set-point", FormattableString.Invariant($"Followed exactly, the entropy ends within {Precision} nats of the set point, from above and from below"), Region.Below(Precision),
            results => results.Values(BanditArms.Dcpo, 0, StudyMetrics.BanditError).Values),
        Worst("a-no-ratio", "Without the weights of the virtual distribution the entropy ends lower, at every start", Region.Below(0), results => Differences(results, BanditArms.NoRatio, BanditArms.Dcpo)),
        Worst("a-grpo", FormattableString.Invariant($"GRPO's own sharpening takes the entropy below {Collapsed} nats"), Region.Below(Collapsed), results => results.Values(BanditArms.Grpo, 0, StudyMetrics.BanditEntropy).Values),
        new EffectRule { Unit = Replication.Instance, PlannedUnits = instances, Sides = Sides.One }.Claim("a-fixed-bonus",
            "An entropy bonus with one coefficient, tuned to the set point on another start, ends farther from it", Source, Region.Above(0),
            (results, rule) => PairedEffect.Of(results, BanditArms.Regularised, BanditArms.Dcpo, StudyMetrics.BanditError, rule)),
        Worst("a-population", FormattableString.Invariant($"With the advantage of an infinite group the thermostat loses: the entropy ends below {Collapsed} nats"), Region.Below(Collapsed),
            results => results.Values(BanditArms.Population, 0, StudyMetrics.BanditEntropy).Values),
        Worst("a-on-one", FormattableString.Invariant($"Begun on one action with all others alike it loses too: the entropy ends below {Collapsed} nats"), Region.Below(Collapsed),
            results => results.Values(BanditArms.OnOne, 0, StudyMetrics.BanditEntropy).Values),
    ];

    private static IEnumerable<double> Differences(StudyResults results, string a, string b)
    {
        var other = results.Values(b, 0, StudyMetrics.BanditEntropy);
        return results.Values(a, 0, StudyMetrics.BanditEntropy).Select(value => value.Value - other[value.Key]);
    }

    private static Claim Worst(string id, string text, Region holds, Func<StudyResults, IEnumerable<double>> values) => new(id, text, Source, Replication.Instance, results =>
    {
        var all = values(results).ToList();
        var greatest = all.Max();
        return new(greatest, greatest, greatest, all.Count, SmallestAttainableP: 0) { Test = FormattableString.Invariant($"greatest of {all.Count} runs") };
    }, holds, MinimumUnits: 1);
}
