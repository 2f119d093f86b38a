using Pilotage.Evaluation;
using Pilotage.Evaluation.Statistics;

namespace Pilotage.Systems.Language.DcpoDistribution;

/// <summary>Statements about expected updates on bandits: nothing is estimated, the worst of all starts is the effect.</summary>
/// <param name="targets">Set points, in nats.</param>
/// <param name="instances">Pairs of set point and start.</param>
internal sealed class BanditClaims(IReadOnlyList<double> targets, int instances)
{
    /// <summary>How near to the set point the entropy must end, in nats.</summary>
    public const double Precision = 0.02;

    private const double Collapsed = 0.05;
    private const string Source = "arXiv:2601.12730, released update in expectation; bar of this bench";

    /// <summary>All claims.</summary>
    public IReadOnlyList<Claim> All() =>
    [
        Greatest("a-set-point", FormattableString.Invariant($"Followed exactly, the entropy ends within {Precision} nats of the set point, from above and from below"), Region.Below(Precision),
            results => results.Values(BanditArms.Dcpo, 0, StudyMetrics.BanditError).Values),
        Greatest("a-no-ratio", "Without the weights of the virtual distribution the entropy ends lower, at every start", Region.Below(0), results => Differences(results, BanditArms.NoRatio, BanditArms.Dcpo)),
        Greatest("a-grpo", FormattableString.Invariant($"GRPO's own sharpening takes the entropy below half of the lowest set point, {targets.Min() / 2} nats"), Region.Below(targets.Min() / 2), Ends(BanditArms.Grpo)),
        new EffectRule { Unit = Replication.Instance, PlannedUnits = instances, Sides = Sides.One }.Claim("a-fixed-bonus",
            "An entropy bonus with one coefficient, tuned to the set point on another start, ends farther from it", Source, Region.Above(0),
            (results, rule) => PairedEffect.Of(results, BanditArms.Regularised, BanditArms.Dcpo, StudyMetrics.BanditError, rule)),
        Greatest("a-population", FormattableString.Invariant($"With the advantage of an infinite group sharpening outruns the thermostat: the entropy ends below {Collapsed} nats at every start"), Region.Below(Collapsed), Ends(BanditArms.Population)),
        Least("a-population-misses", FormattableString.Invariant($"... it ends farther than {Precision} nats from the set point at every start"), Region.Above(Precision), results => results.Values(BanditArms.Population, 0, StudyMetrics.BanditError).Values),
        Greatest("a-on-one", FormattableString.Invariant($"Begun on one action with all others alike it is outrun too: the entropy ends below {Collapsed} nats"), Region.Below(Collapsed), Ends(BanditArms.OnOne)),
    ];

    private static Func<StudyResults, IEnumerable<double>> Ends(string arm) => results => results.Values(arm, 0, StudyMetrics.BanditEntropy).Values;

    private static IEnumerable<double> Differences(StudyResults results, string a, string b)
    {
        var other = results.Values(b, 0, StudyMetrics.BanditEntropy);
        return results.Values(a, 0, StudyMetrics.BanditEntropy).Select(value => value.Value - other[value.Key]);
    }

    private static Claim Greatest(string id, string text, Region holds, Func<StudyResults, IEnumerable<double>> values) => Extreme(id, text, holds, values, "greatest", Enumerable.Max);

    private static Claim Least(string id, string text, Region holds, Func<StudyResults, IEnumerable<double>> values) => Extreme(id, text, holds, values, "least", Enumerable.Min);

    private static Claim Extreme(string id, string text, Region holds, Func<StudyResults, IEnumerable<double>> values, string name, Func<IEnumerable<double>, double> extreme) => new(id, text, Source, Replication.Instance, results =>
    {
        var all = values(results).ToList();
        var value = extreme(all);
        return new(value, value, value, all.Count, SmallestAttainableP: 0) { Test = FormattableString.Invariant($"{name} of {all.Count} runs") };
    }, holds, MinimumUnits: 1);
}
