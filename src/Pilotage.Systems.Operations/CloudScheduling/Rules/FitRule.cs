namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Takes stages by falling demand or by arrival and lets a choice of machines decide.</summary>
/// <param name="choose">The machine for a stage, of those that take it now; -1 for none.</param>
/// <param name="isDecreasing">Whether the stage that asks for most cores comes first, instead of the oldest.</param>
internal sealed class FitRule(Func<ClusterSimulation, int, int> choose, bool isDecreasing) : IScheduler
{
    /// <inheritdoc/>
    public void Decide(ClusterSimulation cluster)
    {
        var (bestStage, bestMachine, most) = (-1, -1, double.NegativeInfinity);
        foreach (var stage in cluster.Runnable)
        {
            var demand = isDecreasing ? cluster.Problem.Cores[stage] : 0;
            if (demand <= most) continue;
            var machine = choose(cluster, stage);
            if (machine >= 0) (bestStage, bestMachine, most) = (stage, machine, demand);
        }
        if (bestStage < 0) cluster.Wait();
        else cluster.Place(bestStage, bestMachine);
    }

    /// <summary>The oldest stage that fits goes where least room is left.</summary>
    public static FitRule BestFit() => new(MachineChoices.Tightest, isDecreasing: false);

    /// <summary>Power-aware best fit decreasing: the stage of most cores goes where it takes least energy. Beloglazov and Buyya, CCPE 24 (2012).</summary>
    public static FitRule PowerAware() => new(MachineChoices.Frugal, isDecreasing: true);
}
