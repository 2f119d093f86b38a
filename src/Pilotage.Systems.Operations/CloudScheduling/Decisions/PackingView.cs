using Pilotage.Environments;
using Pilotage.Numerics;

namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>The jobs that wait at one machine of two resources. Actions: start one of the first jobs, where it fits, or let time go by to the next event.</summary>
internal sealed class PackingView : IDecisionView
{
    private const int Features = 7, Context = 5;
    private readonly int _visible;
    private readonly double _timeScale;
    private readonly bool _waitsByChoice;

    /// <param name="world">Gives the machine and the unit of time.</param>
    /// <param name="visible">Jobs that can be chosen from; the others are only counted.</param>
    /// <param name="waitsByChoice">Whether time may go by although a job fits.</param>
    public PackingView(PackingWorld world, int visible, bool waitsByChoice = true)
    {
        (_visible, _timeScale, _waitsByChoice) = (visible, world.TimeScale, waitsByChoice);
        var layout = new CandidateLayout(visible + 1, Features, Context);
        Spec = new()
        {
            Name = "cloud-scheduling-packing",
            ObservationSize = layout.Size,
            Candidates = layout,
            Actions = new ActionSpace.Discrete(visible + 1, Masked: true),
            RewardUnit = "minus slowdown",
        };
    }

    /// <inheritdoc/>
    public EnvironmentSpec Spec { get; }

    /// <inheritdoc/>
    public void Show(ClusterSimulation cluster, Frame frame)
    {
        var problem = cluster.Problem;
        var seen = frame.Observation;
        var runnable = cluster.Runnable;
        var own = problem.Machines[0];
        ref readonly var state = ref cluster.MachineAt(0);
        seen.Clear();
        var (fitting, shortest) = (0, double.PositiveInfinity);
        for (var i = 0; i < _visible; i++)
        {
            frame.Legal[i] = i < runnable.Length && cluster.CanTake(runnable[i], 0);
            if (i >= runnable.Length) continue;
            var stage = runnable[i];
            if (frame.Legal[i]) (fitting, shortest) = (fitting + 1, Math.Min(shortest, problem.Work[stage]));
            var features = seen.Slice(i * Features, Features);
            features[0] = 1;
            features[1] = frame.Legal[i] ? 1 : 0;
            features[2] = Log(problem.Work[stage]);
            features[3] = (float)(problem.Cores[stage] / own.Cores);
            features[4] = (float)(problem.Memory[stage] / own.Memory);
            features[5] = (float)(problem.Cores[stage] / own.Cores * (state.FreeCores / own.Cores) + problem.Memory[stage] / own.Memory * (state.FreeMemory / own.Memory));
        }
        // Waiting is possible while something runs, or where nothing fits: then something is still to come.
        frame.Legal[_visible] = fitting == 0 || (_waitsByChoice && state.Running > 0);
        seen[_visible * Features + Features - 1] = 1;
        var context = seen[((_visible + 1) * Features)..];
        context[0] = (float)(state.FreeCores / own.Cores);
        context[1] = (float)(state.FreeMemory / own.Memory);
        context[2] = (float)Logarithm.Log(1 + runnable.Length);
        context[3] = fitting > 0 ? Log(shortest) : 0;
        context[4] = Log(cluster.Backlog(0));
    }

    /// <inheritdoc/>
    public void Take(ClusterSimulation cluster, int action)
    {
        if (action == _visible) cluster.Wait();
        else cluster.Place(cluster.Runnable[action], 0);
    }

    private float Log(double seconds) => (float)Logarithm.Log(1 + seconds / _timeScale);
}
