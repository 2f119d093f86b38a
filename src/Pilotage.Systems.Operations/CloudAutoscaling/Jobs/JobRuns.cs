using Pilotage.Environments;
using Pilotage.Policies;

namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>Runs a policy over jobs, each from its own beginning, all abreast.</summary>
internal static class JobRuns
{
    /// <summary>Runs every case once.</summary>
    /// <param name="make">Makes the policy for the fleet that it will act on.</param>
    /// <param name="model">What can be rented.</param>
    /// <param name="cases">At least one.</param>
    /// <param name="seeds">For policies that sample.</param>
    /// <param name="isJoint">Whether the policy makes one choice for all pools.</param>
    /// <param name="watch">Told after each step, before the next; <see langword="null"/> if nobody watches.</param>
    /// <returns>Figures in the order of the cases.</returns>
    public static JobFigures[] Figures(Func<JobFleet, IPolicy> make, JobModel model, IReadOnlyList<JobCase> cases, SeedTree seeds, bool isJoint = false, Action<JobFleet>? watch = null)
    {
        var fleet = new JobFleet(model, cases, cases.Count, CaseOrder.OneEach, seeds, isJoint);
        var policy = make(fleet);
        var memory = policy.CreateMemory(cases.Count);
        var actions = new ActionBatch(fleet.Spec.Actions, cases.Count);
        var random = seeds.Actions.Start();
        while (fleet.IsRunning)
        {
            policy.Act(fleet.Frames, memory, ref random, actions);
            fleet.Step(actions);
            watch?.Invoke(fleet);
        }
        return [.. Enumerable.Range(0, cases.Count).Select(row => JobFigures.Of(fleet.Run(row)))];
    }

    /// <summary>Mean return of a policy over jobs.</summary>
    public static double MeanReturn(Func<JobFleet, IPolicy> make, JobModel model, IReadOnlyList<JobCase> cases, SeedTree seeds, bool isJoint = false) =>
        Figures(make, model, cases, seeds, isJoint).Average(job => job.Return);

    /// <summary>How many steps a policy needs for some jobs.</summary>
    public static long Steps(Func<JobFleet, IPolicy> make, JobModel model, IReadOnlyList<JobCase> cases, SeedTree seeds)
    {
        JobFleet? ran = null;
        Figures(make, model, cases, seeds, watch: fleet => ran = fleet);
        return Enumerable.Range(0, cases.Count).Sum(row => (long)ran!.Run(row).Steps);
    }
}
