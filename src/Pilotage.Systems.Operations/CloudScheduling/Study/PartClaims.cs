using Pilotage.Evaluation;
using Pilotage.Evaluation.Statistics;

namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>What the claims of all parts share. Units are training seeds, each with test sequences of its own.</summary>
internal static class PartClaims
{
    public const string Source = "arXiv:2501.01007; bar of this bench";
    public const int LeastSeeds = 8;

    /// <summary>A rule for one-sided claims.</summary>
    /// <param name="level">Probability of error over all comparisons.</param>
    /// <param name="comparisons">How many claims share it.</param>
    public static EffectRule Rule(double level = 0.05, int comparisons = 1) => new() { Unit = Replication.Seed, Level = level, Comparisons = comparisons, Sides = Sides.One };

    /// <summary>The arm of the lowest mean over seeds: chosen on validation sequences, so that the test sequences are nobody's choice.</summary>
    /// <param name="results">All measurements.</param>
    /// <param name="arms">To choose from; those that did not measure the metric are left out.</param>
    /// <param name="validation">The metric.</param>
    public static string Best(StudyResults results, IEnumerable<string> arms, string validation) =>
        arms.Where(arm => results.MetricsOf(arm).Contains(validation)).MinBy(arm => results.SeedsOf(arm).Average(seed => results.Values(arm, seed, validation).Values.Average()))
        ?? throw new InvalidOperationException($"No arm measured '{validation}'.");

    /// <summary>Below every one of several rivals: each at the full level, since all must hold (intersection-union).</summary>
    public static Effect BelowAll(StudyResults results, string arm, IReadOnlyList<string> rivals, string metric, EffectRule rule) =>
        JointEffect.AtLeastBelow(rivals.Count, [.. rivals.Select(rival => PairedEffect.Of(results, arm, rival, metric, rule))]);

    /// <summary>The effect with the arms' names in its evidence.</summary>
    public static Effect Named(this Effect effect, params string[] arms) => effect with { Test = $"{string.Join(" against ", arms)}; {effect.Test}" };
}
