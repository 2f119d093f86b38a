namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Jobs of many stages on equal executors.</summary>
internal sealed class DagWorld : IClusterWorld
{
    private readonly IReadOnlyList<JobShape> _shapes;
    private readonly ArrivalKind _arrivals;
    private readonly int _jobs;
    private readonly double _rate;

    /// <param name="settings">Sizes.</param>
    /// <param name="shapes">Kinds of jobs, drawn alike.</param>
    /// <param name="arrivals">How they come.</param>
    /// <param name="jobs">Jobs of a sequence, instead of the settings'.</param>
    public DagWorld(DagSettings settings, IReadOnlyList<JobShape> shapes, ArrivalKind arrivals, int? jobs = null)
    {
        (_shapes, _arrivals, _jobs) = (shapes, arrivals, jobs ?? settings.Jobs);
        Rules = new() { KeepsStage = true, SwitchSeconds = settings.SwitchSeconds };
        Machines = [.. Enumerable.Range(1, settings.Executors).Select(i => new Machine(FormattableString.Invariant($"executor-{i}"), 1, 1, 1))];
        _rate = ArrivalProcess.Rate(settings.Load, Machines, shapes.Average(shape => shape.TotalWork));
        TimeScale = shapes.Average(shape => shape.TotalWork) / settings.Executors;
    }

    /// <inheritdoc/>
    public ClusterRules Rules { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Machine> Machines { get; }

    /// <inheritdoc/>
    public double TimeScale { get; }

    /// <inheritdoc/>
    public ClusterProblem Draw(ref Randomness random)
    {
        var times = ArrivalProcess.Times(_arrivals, _jobs, _rate, ref random);
        var jobs = new Job[_jobs];
        for (var i = 0; i < jobs.Length; i++) jobs[i] = new(FormattableString.Invariant($"job-{i + 1}"), times[i], _shapes[random.NextInt(_shapes.Count)]);
        return ClusterProblem.Create(Machines, jobs);
    }
}
