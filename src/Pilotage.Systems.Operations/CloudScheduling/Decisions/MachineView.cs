using Pilotage.Environments;
using Pilotage.Numerics;

namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>The oldest task that may run, and the machines it could go to. Action: the machine, whose queue it joins.</summary>
internal sealed class MachineView : IDecisionView
{
    private const int Features = 10, Context = 6;
    private readonly double _timeScale, _speed, _cores, _memory, _joules;

    /// <param name="world">Gives machines and the unit of time.</param>
    public MachineView(IClusterWorld world)
    {
        var machines = world.Machines;
        _timeScale = world.TimeScale;
        (_speed, _cores, _memory, _joules) = (machines.Max(m => m.Speed), machines.Max(m => m.Cores), machines.Max(m => m.Memory), Math.Max(1e-12, machines.Max(m => m.JoulesPerWork)));
        var layout = new CandidateLayout(machines.Count, Features, Context);
        Spec = new()
        {
            Name = "cloud-scheduling-machines",
            ObservationSize = layout.Size,
            Candidates = layout,
            Actions = new ActionSpace.Discrete(machines.Count, Masked: true),
            ObservationNames =
            [
                .. machines.SelectMany(m => new[] { "wait", "end", "free now", "speed", "cores", "memory", "energy", "joules", "past the end", "on" }.Select(name => $"{m.Name} {name}")),
                "task cores", "task memory", "task work", "slack", "jobs", "mean wait",
            ],
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
        var stage = cluster.Runnable[0];
        var (count, waits, end) = (problem.Machines.Count, 0.0, 0.0);
        for (var m = 0; m < count; m++) end = Math.Max(end, cluster.Foresee(m).Last);
        for (var m = 0; m < count; m++)
        {
            ref readonly var state = ref cluster.MachineAt(m);
            var own = problem.Machines[m];
            var wait = cluster.Backlog(m);
            waits += wait;
            frame.Legal[m] = problem.CouldRun(stage, m);
            var features = seen.Slice(m * Features, Features);
            features[0] = Log(wait);
            var finish = cluster.EarliestFinish(stage, m) - cluster.Now;
            features[1] = Log(finish);
            features[2] = cluster.CanTake(stage, m) ? 1 : 0;
            features[3] = (float)(own.Speed / _speed);
            features[4] = (float)(state.FreeCores / own.Cores);
            features[5] = (float)(state.FreeMemory / own.Memory);
            features[6] = (float)(own.JoulesPerWork / _joules);
            features[7] = Log(own.JoulesPerWork * problem.Work[stage] * problem.Cores[stage] / (_joules * _speed));
            features[8] = Log(Math.Max(0, finish - end));                                  // so long would all machines be kept waiting
            features[9] = state.Power == MachinePower.On ? 1 : 0;
        }
        var job = problem.JobOf[stage];
        var deadline = problem.Jobs[job].Deadline;
        var context = seen[(count * Features)..];
        context[0] = (float)(problem.Cores[stage] / _cores);
        context[1] = (float)(problem.Memory[stage] / _memory);
        context[2] = Log(problem.Work[stage] / _speed);
        context[3] = double.IsFinite(deadline) ? Log(Math.Max(0, deadline - cluster.Now)) : 1;
        context[4] = (float)Logarithm.Log(1 + cluster.Meter.JobCount / (double)count);
        context[5] = Log(waits / count);
    }

    /// <inheritdoc/>
    public void Take(ClusterSimulation cluster, int action) => cluster.Place(cluster.Runnable[0], action);

    private float Log(double seconds) => (float)Logarithm.Log(1 + seconds / _timeScale);
}
