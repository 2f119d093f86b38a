namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>Grids of job rules, thirty settings for every family, and the choice of the best on training jobs.</summary>
internal static class JobRuleTuning
{
    private static readonly double[] Margins = [.. Enumerable.Range(0, RuleTuning.Combinations).Select(i => 0.025 * i)];

    /// <summary>The best of some rules by mean return on training jobs; the first of equals.</summary>
    public static IJobRule Best(IReadOnlyList<IJobRule> candidates, JobModel model, IReadOnlyList<JobCase> training) =>
        candidates.MaxBy(rule => JobRuns.MeanReturn(fleet => new JobRulePolicy(rule, fleet), model, training, default))!;

    /// <summary>On demand: thirty margins.</summary>
    public static IReadOnlyList<IJobRule> OnDemand() => [.. Margins.Select(margin => new OnDemandRule(margin))];

    /// <summary>Spot: thirty margins.</summary>
    public static IReadOnlyList<IJobRule> Spot() => [.. Margins.Select(margin => new SpotRule(margin))];

    /// <summary>Cheapest first: thirty margins.</summary>
    public static IReadOnlyList<IJobRule> CheapestFirst() => [.. Margins.Select(margin => new CheapestFirstRule(margin))];

    /// <summary>HEFT: thirty margins.</summary>
    public static IReadOnlyList<IJobRule> Heft() => [.. Margins.Select(margin => new HeftRule(margin))];

    /// <summary>Slack: six fallbacks, five margins.</summary>
    public static IReadOnlyList<IJobRule> Slack() =>
        [.. from fallback in new[] { 0, 0.1, 0.2, 0.3, 0.4, 0.5 } from margin in new[] { 0, 0.1, 0.2, 0.35, 0.5 } select new SlackRule(fallback, margin)];
}
