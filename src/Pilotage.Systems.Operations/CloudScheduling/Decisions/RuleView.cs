using Pilotage.Environments;
using Pilotage.Numerics;

namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>The cluster in few numbers, and rules to choose from. Action: which rule takes this decision (a hyper-heuristic).</summary>
internal sealed class RuleView : IDecisionView
{
    private const int Seen = 10;
    private readonly IReadOnlyList<IScheduler> _rules;
    private readonly double _timeScale, _speed;

    /// <param name="world">Gives machines and the unit of time.</param>
    /// <param name="rules">Rules that keep nothing between two decisions.</param>
    public RuleView(IClusterWorld world, IReadOnlyList<IScheduler> rules)
    {
        (_rules, _timeScale, _speed) = (rules, world.TimeScale, world.Machines.Max(m => m.Speed));
        Spec = new()
        {
            Name = "cloud-scheduling-rules",
            ObservationSize = Seen,
            Actions = new ActionSpace.Discrete(rules.Count),
            ObservationNames = ["jobs", "waiting stages", "least work", "mean work", "most work", "cores of the oldest", "free cores", "free fast cores", "mean wait", "most wait"],
            RewardUnit = "minus job-time",
        };
    }

    /// <inheritdoc/>
    public EnvironmentSpec Spec { get; }

    /// <inheritdoc/>
    public void Show(ClusterSimulation cluster, Frame frame)
    {
        var problem = cluster.Problem;
        var seen = frame.Observation;
        var (least, sum, most) = (double.PositiveInfinity, 0.0, 0.0);
        foreach (var stage in cluster.Runnable)
        {
            var work = problem.Work[stage];
            (least, sum, most) = (Math.Min(least, work), sum + work, Math.Max(most, work));
        }
        var (free, cores, freeFast, fast, waits, mostWait) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
        for (var m = 0; m < problem.Machines.Count; m++)
        {
            ref readonly var state = ref cluster.MachineAt(m);
            var wait = cluster.Backlog(m);
            (free, cores, waits, mostWait) = (free + state.FreeCores, cores + problem.Machines[m].Cores, waits + wait, Math.Max(mostWait, wait));
            if (state.Speed >= _speed) (freeFast, fast) = (freeFast + state.FreeCores, fast + problem.Machines[m].Cores);
        }
        seen[0] = (float)Logarithm.Log(1 + cluster.Meter.JobCount / (double)problem.Machines.Count);
        seen[1] = (float)Logarithm.Log(1 + cluster.Runnable.Length);
        seen[2] = Log(least / _speed);
        seen[3] = Log(sum / cluster.Runnable.Length / _speed);
        seen[4] = Log(most / _speed);
        seen[5] = (float)(problem.Cores[cluster.Runnable[0]] / problem.Machines[0].Cores);
        seen[6] = (float)(free / cores);
        seen[7] = (float)(freeFast / fast);
        seen[8] = Log(waits / problem.Machines.Count);
        seen[9] = Log(mostWait);
    }

    /// <inheritdoc/>
    public void Take(ClusterSimulation cluster, int action) => _rules[action].Decide(cluster);

    private float Log(double seconds) => (float)Logarithm.Log(1 + seconds / _timeScale);
}
