namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Heterogeneous earliest finish time.</summary>
/// <remarks>Source: Topcuoglu, Hariri and Wu, "Performance-effective and low-complexity task scheduling for heterogeneous computing", IEEE TPDS 13 (2002), Figure 3.</remarks>
internal static class Heft
{
    /// <summary>Plans all tasks.</summary>
    /// <param name="graph">The tasks.</param>
    /// <param name="lanes">What is free; taken from.</param>
    /// <param name="from">Nothing begins before.</param>
    public static PlannedTasks Plan(PlanGraph graph, LaneTimes lanes, double from = 0)
    {
        var ranks = graph.UpwardRanks();                                                  // lines 1-2
        var plan = new PlannedTasks(graph, lanes, from);
        foreach (var task in graph.Order().OrderByDescending(task => ranks[task])) plan.AddSoonest(task);   // lines 3-8; stable, so ranks that are equal keep the order of the edges
        return plan;
    }
}
