using Pilotage.Environments;
using Pilotage.Numerics;

namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>The tasks that wait in one queue for all machines. Actions: start one of the shortest of those that could begin, on the fastest machine that takes it now; where none could, let time go by to the next event.</summary>
/// <remarks>
/// Unlike in <see cref="MachineView"/> nothing is sent to a machine before it can begin there, so that what comes later may pass. Waiting by choice is not allowed: learners that may try it leave machines idle, and
/// some of them never find back.
/// </remarks>
internal sealed class QueueView : IDecisionView
{
    /// <summary>Tasks that can be chosen from.</summary>
    public const int Visible = 8;

    private const int Features = 10, Context = 6;
    private readonly double _timeScale, _speed, _cores, _memory;

    /// <param name="world">Gives machines and the unit of time.</param>
    public QueueView(IClusterWorld world)
    {
        var machines = world.Machines;
        (_timeScale, _speed, _cores, _memory) = (world.TimeScale, machines.Max(m => m.Speed), machines.Max(m => m.Cores), machines.Max(m => m.Memory));
        var layout = new CandidateLayout(Visible + 1, Features, Context);                  // the last: wait
        Spec = new()
        {
            Name = "cloud-scheduling-queue",
            ObservationSize = layout.Size,
            Candidates = layout,
            Actions = new ActionSpace.Discrete(Visible + 1, Masked: true),
            ObservationNames =
            [
                .. Enumerable.Range(1, Visible).Append(0).SelectMany(i => new[] { "is there", "work", "end now", "best end", "speed", "cores", "memory", "waited", "job work left", "is waiting" }.Select(name => i == 0 ? $"wait {name}" : $"task {i} {name}")),
                "waiting tasks", "waiting work", "free cores", "free fast cores", "jobs", "least work that does not fit",
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
        seen.Clear();
        Span<(int Stage, int Machine)> shown = stackalloc (int, int)[Visible];
        var (count, work, stuck) = Choose(cluster, shown);
        for (var i = 0; i < Visible; i++)
        {
            frame.Legal[i] = i < count;
            if (i >= count) continue;
            var (stage, machine) = shown[i];
            var features = seen.Slice(i * Features, Features);
            features[0] = 1;
            features[1] = Log(problem.Work[stage] / _speed);
            features[2] = Log(cluster.Duration(stage, machine));
            features[3] = Log(SoonestEnd(cluster, stage) - cluster.Now);
            features[4] = (float)(problem.Machines[machine].Speed / _speed);
            features[5] = (float)(problem.Cores[stage] / _cores);
            features[6] = (float)(problem.Memory[stage] / _memory);
            features[7] = Log(cluster.Now - cluster.JobAt(problem.JobOf[stage]).Arrival);
            features[8] = Log(cluster.JobAt(problem.JobOf[stage]).WorkLeft / _speed);
        }
        seen[Visible * Features + Features - 1] = 1;
        var (free, cores, freeFast, fast) = (0.0, 0.0, 0.0, 0.0);
        for (var m = 0; m < problem.Machines.Count; m++)
        {
            ref readonly var state = ref cluster.MachineAt(m);
            (free, cores) = (free + state.FreeCores, cores + problem.Machines[m].Cores);
            if (state.Speed >= _speed) (freeFast, fast) = (freeFast + state.FreeCores, fast + problem.Machines[m].Cores);
        }
        frame.Legal[Visible] = count == 0;                                                 // then something runs or is still to come
        var context = seen[((Visible + 1) * Features)..];
        context[0] = (float)Logarithm.Log(1 + cluster.Runnable.Length);
        context[1] = Log(work / (_speed * problem.Machines.Count));
        context[2] = (float)(free / cores);
        context[3] = (float)(freeFast / fast);
        context[4] = (float)Logarithm.Log(1 + cluster.Meter.JobCount / (double)problem.Machines.Count);
        context[5] = double.IsFinite(stuck) ? Log(stuck / _speed) : 0;
    }

    /// <inheritdoc/>
    public void Take(ClusterSimulation cluster, int action)
    {
        if (action == Visible)
        {
            cluster.Wait();
            return;
        }
        Span<(int Stage, int Machine)> shown = stackalloc (int, int)[Visible];
        Choose(cluster, shown);
        cluster.Place(shown[action].Stage, shown[action].Machine);
    }

    // The shortest stages that could begin, shortest first and equal ones by age, each with its machine; work of all that wait; least work of those that fit nowhere now.
    private static (int Count, double Work, double Stuck) Choose(ClusterSimulation cluster, Span<(int Stage, int Machine)> shown)
    {
        var (problem, count, total, stuck) = (cluster.Problem, 0, 0.0, double.PositiveInfinity);
        foreach (var stage in cluster.Runnable)
        {
            var work = problem.Work[stage];
            total += cluster.StageAt(stage).Unplaced * work * problem.Cores[stage];
            if (count == Visible && problem.Work[shown[count - 1].Stage] <= work) continue;
            if (MachineChoices.Fastest(cluster, stage) is not (>= 0 and var machine))
            {
                stuck = Math.Min(stuck, work);
                continue;
            }
            var place = count < Visible ? count++ : count - 1;
            for (; place > 0 && problem.Work[shown[place - 1].Stage] > work; place--) shown[place] = shown[place - 1];
            shown[place] = (stage, machine);
        }
        return (count, total, stuck);
    }

    private static double SoonestEnd(ClusterSimulation cluster, int stage)
    {
        var soonest = double.PositiveInfinity;
        for (var machine = 0; machine < cluster.Problem.Machines.Count; machine++)
            if (cluster.Problem.CouldRun(stage, machine)) soonest = Math.Min(soonest, cluster.EarliestFinish(stage, machine));
        return soonest;
    }

    private float Log(double seconds) => (float)Logarithm.Log(1 + seconds / _timeScale);
}
