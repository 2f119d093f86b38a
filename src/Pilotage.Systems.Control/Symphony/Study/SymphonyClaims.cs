using Pilotage.Evaluation;
using Pilotage.Evaluation.Statistics;

namespace Pilotage.Systems.Control.Symphony;

/// <summary>What the abstract promises, as tests. Units are training seeds.</summary>
/// <remarks>Intervals are two-sided at 95 %. Where several comparisons must all hold, each is at the full level and the weakest speaks (intersection-union).</remarks>
/// <param name="tasks">Where the study runs.</param>
internal sealed class SymphonyClaims(IReadOnlyList<SymphonyTask> tasks)
{
    /// <summary>Share of SAC's improvement over random actions that must surely be reached.</summary>
    public const double LeastShare = 0.6;

    private const string Source = "arXiv:2512.10477, abstract; bar of this bench";
    private const int LeastSeeds = 8;
    private static readonly EffectRule Rule = new() { Unit = Replication.Seed, Sides = Sides.Two };

    /// <summary>All claims.</summary>
    public IReadOnlyList<Claim> All() =>
    [
        .. tasks.SelectMany(task => new[]
        {
            Gentler(task, "1-strength", SymphonyMetrics.Strength, "acts with less strength"),
            Gentler(task, "1-limits", SymphonyMetrics.NearLimit, "is less often beyond three quarters of a motor's range"),
            Rule.Claim($"2-learns-{task.Slug}", $"On {task.Entry.Name} Symphony ends above both random actions and no action", Source, Region.Above(0),
                (results, rule) => JointEffect.AtLeast(2, Difference(results, task, SymphonyArms.Random, rule), Difference(results, task, SymphonyArms.Still, rule)), LeastSeeds),
            Rule.Claim($"2-share-{task.Slug}", FormattableString.Invariant($"On {task.Entry.Name} Symphony reaches more than {LeastShare} of SAC's improvement over random actions"), Source, Region.Above(LeastShare),
                (results, rule) => ImprovedShare.Of(results, SymphonyArms.Method, SymphonyArms.Sac, SymphonyArms.Random, SymphonyMetrics.On(task, SymphonyMetrics.Return), rule), LeastSeeds),
            Rule.Claim($"3-swaddling-{task.Slug}", $"On {task.Entry.Name} training without swaddling acts with more strength", Source, Region.Above(0),
                (results, rule) => PairedEffect.Of(results, SymphonyArms.NoSwaddling, SymphonyArms.Method, SymphonyMetrics.On(task, SymphonyMetrics.Strength), rule), LeastSeeds),
            Rule.Claim($"4-fading-{task.Slug}", $"On {task.Entry.Name} the fading replay ends above uniform draws", Source, Region.Above(0),
                (results, rule) => Difference(results, task, SymphonyArms.Uniform, rule), LeastSeeds),
        }),
    ];

    private static Claim Gentler(SymphonyTask task, string id, string metric, string what) => Rule.Claim(
        $"{id}-{task.Slug}", $"While training on {task.Entry.Name} Symphony {what} than {string.Join(" and ", SymphonyArms.Baselines.Select(name => name.ToUpperInvariant()))}", Source, Region.Below(0),
        (results, rule) => JointEffect.AtLeastBelow(
            SymphonyArms.Baselines.Count, [.. SymphonyArms.Baselines.Select(arm => PairedEffect.Of(results, SymphonyArms.Method, arm, SymphonyMetrics.On(task, metric), rule))]),
        LeastSeeds);

    private static Effect Difference(StudyResults results, SymphonyTask task, string other, EffectRule rule) =>
        PairedEffect.Of(results, SymphonyArms.Method, other, SymphonyMetrics.On(task, SymphonyMetrics.Return), rule);
}
