using Pilotage.Evaluation;
using Pilotage.Evaluation.Statistics;
using Pilotage.Systems.Language.MiniLab;

namespace Pilotage.Systems.Language.DcpoDistribution;

/// <summary>The statements about trainings of the laboratory.</summary>
/// <param name="fractions">Set points as shares of the warm start's entropy, ascending.</param>
/// <param name="regularised">Those that an entropy bonus was tuned to.</param>
internal sealed class TrainingClaims(IReadOnlyList<double> fractions, IReadOnlyList<double> regularised)
{
    /// <summary>Mean |H - H0| that counts as held, as a share of the warm start's entropy.</summary>
    public const double Held = 0.25;

    /// <summary>How much less pass@1 counts as no worse.</summary>
    public const double Margin = 0.01;

    private const int LeastSeeds = 8;
    private const string Source = "arXiv:2601.12730, tables and ablations; bar of this bench";

    /// <summary>All claims.</summary>
    public IReadOnlyList<Claim> All()
    {
        var (moderate, low, high) = (TrainingArms.Moderate(fractions), fractions[0], fractions[^1]);
        var method = TrainingArms.Dcpo(moderate);
        return
        [
            .. fractions.Select(fraction => Family(fractions).Claim(FormattableString.Invariant($"b-control-{fraction}"),
                FormattableString.Invariant($"At the set point {fraction} h the entropy stays nearer than {Held} h to it over the second half of training"), Source,
                Region.Below(Held), (results, rule) => LevelEffect.Of(results, TrainingArms.Dcpo(fraction), StudyMetrics.EntropyError, rule), LeastSeeds)),
            .. regularised.Select(fraction => Family(regularised).Claim(FormattableString.Invariant($"b-regularizer-{fraction}"),
                FormattableString.Invariant($"At the set point {fraction} h it stays nearer than under an entropy bonus tuned to it"), Source,
                Region.Below(0), (results, rule) => PairedEffect.Of(results, TrainingArms.Dcpo(fraction), TrainingArms.Regularised(fraction), StudyMetrics.EntropyError, rule), LeastSeeds)),
            Seeds().Claim("b-strong", FormattableString.Invariant($"At the set point {high} h a thermostat of stronger temperatures and errors keeps the entropy nearer to it"), "ours, where the paper's constants do not hold it",
                Region.Below(0), (results, rule) => PairedEffect.Of(results, TrainingArms.Strong(high), TrainingArms.Dcpo(high), StudyMetrics.EntropyError, rule), LeastSeeds),
            Seeds().Claim("b-raises", FormattableString.Invariant($"At the set point {high} h the entropy ends higher than GRPO's"), Source,
                Region.Above(0), (results, rule) => PairedEffect.Of(results, TrainingArms.Dcpo(high), TrainingArms.Grpo, StudyMetrics.EndEntropy, rule), LeastSeeds),
            Seeds().Claim("b-lowers", FormattableString.Invariant($"At the set point {low} h the entropy ends lower than GRPO's"), Source,
                Region.Below(0), (results, rule) => PairedEffect.Of(results, TrainingArms.Dcpo(low), TrainingArms.Grpo, StudyMetrics.EndEntropy, rule), LeastSeeds),
            Seeds().Claim("b-grpo", FormattableString.Invariant($"GRPO's entropy ends below half of the lowest set point, {low / 2} h"), Source,
                Region.Below(low / 2), (results, rule) => LevelEffect.Of(results, TrainingArms.Grpo, StudyMetrics.EndEntropy, rule), LeastSeeds),
            Seeds().Claim("b-no-ratio", "Without the weights of the virtual distribution the entropy ends lower", Source,
                Region.Below(0), (results, rule) => PairedEffect.Of(results, TrainingArms.NoRatio, method, StudyMetrics.EndEntropy, rule), LeastSeeds),
            Problems().Claim("b-pass-64", FormattableString.Invariant($"At {moderate} h one of 64 answers solves more problems than GRPO's"), Source,
                Region.Above(0), (results, rule) => PairedEffect.Of(results, method, TrainingArms.Grpo, MiniLabMetrics.Pass64, rule), LeastSeeds),
            Problems().Claim("b-pass-1", FormattableString.Invariant($"At {moderate} h a single answer is no worse than GRPO's by more than {Margin}"), Source,
                Region.Above(-Margin), (results, rule) => PairedEffect.Of(results, method, TrainingArms.Grpo, MiniLabMetrics.Pass1, rule), LeastSeeds),
            Problems().Claim("b-moderate", FormattableString.Invariant($"A single answer at {moderate} h is better than at {high} h"), Source,
                Region.Above(0), (results, rule) => PairedEffect.Of(results, method, TrainingArms.Dcpo(high), MiniLabMetrics.Pass1, rule), LeastSeeds),
        ];
    }

    private static EffectRule Seeds() => new() { Unit = Replication.Seed, Sides = Sides.One };

    private static EffectRule Problems() => new() { Unit = Replication.SeedThenInstance, Sides = Sides.One };

    private static EffectRule Family(IReadOnlyList<double> members) => Seeds() with { Comparisons = members.Count };
}
