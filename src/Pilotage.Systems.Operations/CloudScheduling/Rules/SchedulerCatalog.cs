namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>The rules by name.</summary>
internal static class SchedulerCatalog
{
    /// <summary>Name, what it does, and how it is made; seeds matter to <c>random</c> alone.</summary>
    public static IReadOnlyList<(string Name, string Summary, Func<SeedTree, IScheduler> Make)> All { get; } =
    [
        ("random", "any machine", DispatchRule.Random),
        ("round-robin", "machine after machine", _ => DispatchRule.RoundRobin()),
        ("least-loaded", "first come first served, the machine that is free soonest", _ => DispatchRule.LeastLoaded()),
        ("earliest-finish", "the machine where the task is done soonest", _ => DispatchRule.EarliestFinish()),
        ("fifo", "one queue by arrival, the fastest free machine", _ => OrderRule.Fifo()),
        ("sjf", "one queue, least work left first, longest path within the job (SJF-CP)", _ => OrderRule.ShortestJob()),
        ("ljf", "one queue, most work left first", _ => OrderRule.LongestJob()),
        ("edf", "one queue, earliest deadline first", _ => OrderRule.EarliestDeadline()),
        ("srpt", "one queue, shortest critical path left first", _ => OrderRule.ShortestPath()),
        ("min-min", "the task that could be done soonest", _ => new CompletionRule(CompletionOrder.MinMin)),
        ("max-min", "the task whose soonest end is latest", _ => new CompletionRule(CompletionOrder.MaxMin)),
        ("suffrage", "the task that loses most without its best machine", _ => new CompletionRule(CompletionOrder.Suffrage)),
        ("best-fit", "the machine that is left with least room", _ => FitRule.BestFit()),
        ("pabfd", "most cores first, the machine that takes least energy", _ => FitRule.PowerAware()),
        ("tetris", "demand where the room is, less a price for long jobs", _ => new PackingRule()),
        ("drf", "the job with the smallest dominant share", _ => ShareRule.DominantResource()),
        ("fair", "the job with the fewest executors", _ => ShareRule.Fair(0)),
        ("heft", "a plan by upward ranks with insertion", _ => new PlanRule(Heft.Plan)),
        ("cpop", "a plan with the critical path on one machine", _ => new PlanRule(Cpop.Plan)),
    ];

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(rule => rule.Name)];

    /// <summary>Makes a rule.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="seeds">For what draws.</param>
    public static IScheduler Make(string name, SeedTree seeds) => All.First(rule => rule.Name == name).Make(seeds);
}
