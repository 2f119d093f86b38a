using Pilotage.Environments;
using Pilotage.Policies;
using Pilotage.Systems.Operations.CloudAutoscaling;

namespace Pilotage.Systems.Operations.Tests.CloudAutoscaling;

/// <summary>Small workloads and services for tests.</summary>
internal static class Worlds
{
    public static Workload Constant(double load, int days = 1) => Of(_ => load, days);

    public static Workload Of(Func<int, double> load, int days = 1)
    {
        var loads = new double[days * 1440];
        for (var t = 0; t < loads.Length; t++) loads[t] = load(t);
        return new("test", loads, [new(0, loads.Length, 0)], 60);
    }

    public static ServiceModel Model(int bootSteps = 3, double meanLoad = 300, ServiceSettings? settings = null) =>
        new((settings ?? new()) with { BootSeconds = 60 * bootSteps }, 60, meanLoad);

    public static ServiceStep[] Run(IScalingRule rule, Workload workload, ServiceModel model)
    {
        var layout = new ObservationLayout(model.BootSteps, ShowsRow: true);
        return DayRuns.Steps(new ScalingPolicy(rule, model, layout), workload, workload.Days, model, layout, SeedTree.Root(1))[0];
    }

    /// <summary>Uniform among legal actions.</summary>
    public sealed class RandomPolicy : IPolicy
    {
        public void Act(FrameBatch frames, PolicyMemory memory, ref Randomness random, ActionBatch actions)
        {
            for (var row = 0; row < frames.Rows; row++)
            {
                do actions.Indices[row] = random.NextInt(5);
                while (!frames.LegalOf(row)[actions.Indices[row]]);
            }
        }
    }
}
