using Pilotage.Evaluation;

namespace Pilotage.Systems.Language.Hbpo;

/// <summary>What the paper says of budgets, as tests. Units are training seeds; where problems are shared, seeds and then problems.</summary>
/// <param name="levels">Of the test problems, from the easiest.</param>
internal sealed class HbpoClaims(IReadOnlyList<int> levels)
{
    /// <summary>Tokens of HBPO over those of the start must surely be below.</summary>
    public const double MostTokens = 0.8;

    /// <summary>Accuracy may surely fall by less than this.</summary>
    public const double LeastAccuracy = -0.02;

    private const int LeastSeeds = 8;
    private static readonly EffectRule BySeed = new() { Unit = Replication.Seed }, ByProblem = new() { Unit = Replication.SeedThenInstance };

    /// <summary>All claims.</summary>
    public IReadOnlyList<Claim> All()
    {
        var hard = levels.Skip(levels.Count - levels.Count / 3).ToHashSet();
        return
        [
            BySeed.Claim("1-tokens", FormattableString.Invariant($"HBPO answers with fewer than {MostTokens:P0} of the tokens of the start"), "arXiv:2507.15844, Table 1; bar of this bench", Region.Below(MostTokens),
                (results, rule) => RatioEffect.Of(results, HbpoArms.Method, HbpoArms.Warm, HbpoMetrics.Tokens, rule), LeastSeeds),
            ByProblem.Claim("1-accuracy", "HBPO loses less than two points of accuracy against the start", "arXiv:2507.15844, Table 1; bar of this bench", Region.Above(LeastAccuracy),
                (results, rule) => PairedEffect.Of(results, HbpoArms.Method, HbpoArms.Warm, HbpoMetrics.Accuracy, rule), LeastSeeds),
            (ByProblem with { Instances = instance => hard.Contains(HbpoMetrics.LevelOf(instance)) }).Claim("2-hard", "On the hardest third HBPO is more accurate than GRPO on the cosine reward", "arXiv:2507.15844, Table 4; bar of this bench", Region.Above(0),
                (results, rule) => PairedEffect.Of(results, HbpoArms.Method, HbpoArms.Cosine, HbpoMetrics.Accuracy, rule), LeastSeeds),
            BySeed.Claim("3-adaptivity", "Tokens of the hardest level over those of the easiest are more with four budgets than with one", "arXiv:2507.15844, section 4; bar of this bench", Region.Above(0),
                (results, rule) => PairedEffect.Of(results, HbpoArms.Method, HbpoArms.One, HbpoMetrics.Adaptivity, rule), LeastSeeds),
            BySeed.Claim("4-exploration", "In the last quarter of training lengths vary more under HBPO than under GRPO on the cosine reward", "arXiv:2507.15844, section 4; bar of this bench", Region.Above(0),
                (results, rule) => PairedEffect.Of(results, HbpoArms.Method, HbpoArms.Cosine, HbpoMetrics.LengthDeviation, rule), LeastSeeds),
        ];
    }
}
