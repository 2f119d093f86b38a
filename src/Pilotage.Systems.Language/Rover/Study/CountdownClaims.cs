using Pilotage.Evaluation;
using Pilotage.Evaluation.Statistics;
using Pilotage.Systems.Language.MiniLab;

namespace Pilotage.Systems.Language.Rover;

/// <summary>What the paper's figures on countdown say. Units are training seeds, and within them test problems where a measure has one number for each.</summary>
internal static class CountdownClaims
{
    /// <summary>How much lower the share of problems solved at the first answer may be than the best of GRPO's.</summary>
    public const double Margin = 0.03;

    private const string Source = "arXiv:2509.24981, figure 6; bar of this bench";
    private const int LeastSeeds = 8;
    private static readonly string[] Forms = [CountdownArms.Grpo, CountdownArms.GrpoKl, CountdownArms.GrpoHigher];

    /// <summary>All claims.</summary>
    public static IReadOnlyList<Claim> All() =>
    [
        Seeds.Claim("c-entropy", "The method ends with more entropy than GRPO", Source, Region.Above(0),
            (results, rule) => PairedEffect.Of(results, CountdownArms.Rover, CountdownArms.Grpo, MiniLabMetrics.Entropy, rule), LeastSeeds),
        Problems.Claim("c-pass-64", "Of 64 answers one is right on more problems than GRPO's", Source, Region.Above(0),
            (results, rule) => PairedEffect.Of(results, CountdownArms.Rover, CountdownArms.Grpo, MiniLabMetrics.Pass64, rule), LeastSeeds),
        Problems.Claim("c-distinct", "It finds more distinct solutions of a problem than GRPO", Source, Region.Above(0),
            (results, rule) => PairedEffect.Of(results, CountdownArms.Rover, CountdownArms.Grpo, MiniLabMetrics.Distinct, rule), LeastSeeds),
        (Problems with { Comparisons = Forms.Length }).Claim("c-pass-1", FormattableString.Invariant($"At the first answer it solves no fewer problems than each of GRPO's forms, by a margin of {Margin}"), Source, Region.Above(-Margin),
            (results, rule) => JointEffect.AtLeast(Forms.Length, [.. Forms.Select(form => PairedEffect.Of(results, CountdownArms.Rover, form, MiniLabMetrics.Pass1, rule))]), LeastSeeds),
        Seeds.Claim("c-beta", "Without the successor term it ends with less entropy", "arXiv:2509.24981, ablation of beta; bar of this bench", Region.Below(0),
            (results, rule) => PairedEffect.Of(results, CountdownArms.NoSuccessor, CountdownArms.Rover, MiniLabMetrics.Entropy, rule), LeastSeeds),
        Problems.Claim("c-many-distinct", "Where both learn in several passes, it finds more distinct solutions than GRPO", Source, Region.Above(0),
            (results, rule) => PairedEffect.Of(results, CountdownArms.RoverMany, CountdownArms.GrpoMany, MiniLabMetrics.Distinct, rule), LeastSeeds),
    ];

    private static EffectRule Seeds => new() { Unit = Replication.Seed, Sides = Sides.One };

    private static EffectRule Problems => new() { Unit = Replication.SeedThenInstance, Sides = Sides.One };
}
