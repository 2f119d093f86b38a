using Pilotage.Environments;
using Pilotage.Policies;

namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>Runs a policy over days, each day from its own start, all days abreast.</summary>
internal static class DayRuns
{
    /// <summary>Runs a policy and keeps every step.</summary>
    /// <param name="policy">Acts on frames of <paramref name="layout"/>.</param>
    /// <param name="workload">The loads.</param>
    /// <param name="days">Days to run, at least 1.</param>
    /// <param name="model">The service.</param>
    /// <param name="layout">What the policy sees.</param>
    /// <param name="seeds">For policies that sample.</param>
    /// <returns>The steps of each day, in the order of <paramref name="days"/>.</returns>
    public static ServiceStep[][] Steps(IPolicy policy, Workload workload, IReadOnlyList<WorkloadDay> days, ServiceModel model, ObservationLayout layout, SeedTree seeds)
    {
        var steps = new ServiceStep[days.Count][];
        for (var day = 0; day < steps.Length; day++) steps[day] = new ServiceStep[workload.StepsPerDay];
        var fleet = new AutoscalingFleet(workload, days, model, layout, days.Count, DayOrder.InTime, seeds);
        var memory = policy.CreateMemory(days.Count);
        var actions = new ActionBatch(fleet.Spec.Actions, days.Count);
        var random = seeds.Actions.Start();
        for (var t = 0; t < workload.StepsPerDay; t++)
        {
            policy.Act(fleet.Frames, memory, ref random, actions);
            fleet.Step(actions);
            for (var day = 0; day < steps.Length; day++) steps[day][t] = fleet.Last[day];
        }
        return steps;
    }

    /// <summary>Runs a policy and sums each day up.</summary>
    /// <returns>Figures in the order of <paramref name="days"/>.</returns>
    public static DayFigures[] Figures(IPolicy policy, Workload workload, IReadOnlyList<WorkloadDay> days, ServiceModel model, ObservationLayout layout, SeedTree seeds) =>
        Array.ConvertAll(Steps(policy, workload, days, model, layout, seeds), steps => DayFigures.Of(steps, model));

    /// <summary>Runs a policy and gives the mean reward of a step over all days.</summary>
    public static double MeanReward(IPolicy policy, Workload workload, IReadOnlyList<WorkloadDay> days, ServiceModel model, ObservationLayout layout, SeedTree seeds)
    {
        var fleet = new AutoscalingFleet(workload, days, model, layout, days.Count, DayOrder.InTime, seeds);
        var memory = policy.CreateMemory(days.Count);
        var actions = new ActionBatch(fleet.Spec.Actions, days.Count);
        var random = seeds.Actions.Start();
        var sum = 0.0;
        for (var t = 0; t < workload.StepsPerDay; t++)
        {
            policy.Act(fleet.Frames, memory, ref random, actions);
            fleet.Step(actions);
            foreach (ref readonly var step in fleet.Last) sum += step.Reward;
        }
        return sum / (workload.StepsPerDay * (double)days.Count);
    }
}
