namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>Plans the rest of the job on every small on-demand fleet, and takes the cheapest whose plan meets the deadline: HEFT with a choice of fleet.</summary>
/// <remarks>Fleets of up to two types are tried. Where none is in time, the one that finishes first is taken.</remarks>
/// <param name="Margin">Share of the time left that is kept in reserve.</param>
internal sealed record HeftRule(double Margin) : IJobRule
{
    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, double>> Parameters => [new("margin", Margin)];

    /// <inheritdoc/>
    public void Decide(JobRun run, JobOutlook outlook, Span<int> additions)
    {
        var model = run.Model;
        var plan = new ListSchedule();
        var unfinished = run.Graph.Count - run.Totals.Finished;
        var (fleet, best) = (new int[model.Types], new int[model.Types]);
        var (bestCost, bestMakespan, limit) = (double.PositiveInfinity, double.PositiveInfinity, run.Now + run.TimeLeft * (1 - Margin));
        for (var first = 0; first < model.Types; first++)
            for (var second = first + 1; second <= model.Types; second++)        // up to the number of types: the last stands for "no second"
                for (var i = 0; i <= Room(run, first); i++)
                    for (var k = 0; k <= (second < model.Types ? Room(run, second) : 0); k++)
                    {
                        if (i + k + run.Machines.Length == 0 || i + k > unfinished) continue;          // a machine without a task only costs
                        Array.Clear(fleet);
                        fleet[first] = i;
                        if (second < model.Types) fleet[second] = k;
                        plan.Plan(run, fleet);
                        var (cost, makespan) = (plan.Makespan <= limit ? plan.Cost : double.PositiveInfinity, plan.Makespan);
                        if (cost > bestCost || (cost == bestCost && makespan >= bestMakespan)) continue;
                        (bestCost, bestMakespan) = (cost, makespan);
                        fleet.CopyTo(best, 0);
                    }
        best.CopyTo(additions);
    }

    private static int Room(JobRun run, int type) => run.Model.Settings.MaximumMachines - run.MachinesIn(type);
}
