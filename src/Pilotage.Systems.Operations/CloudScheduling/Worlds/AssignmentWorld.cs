using Pilotage.Numerics;

namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Independent tasks on machines of three classes.</summary>
internal sealed class AssignmentWorld : IClusterWorld
{
    private const double Cores = 4, Memory = 16;
    private const double LeastSlack = 2, MostSlack = 8;  // deadline: arrival + so many times the ideal time
    private readonly AssignmentSettings _settings;
    private readonly double _rate;

    public AssignmentWorld(AssignmentSettings settings, double load)
    {
        (_settings, Load) = (settings, load);
        (double Speed, double Idle, double Full, double Price)[] classes = [(1, 40, 80, 0.1), (2, 60, 180, 0.2), (4, 80, 400, 0.4)];
        Machines =
        [
            .. classes.SelectMany((kind, i) => Enumerable.Range(1, settings.MachinesOfClass[i]).Select(number =>
                new Machine(FormattableString.Invariant($"speed-{kind.Speed}-{number}"), Cores, Memory, kind.Speed, kind.Idle, kind.Full, kind.Price))),
        ];
        const double MeanCores = 0.5 * 1 + 0.3 * 2 + 0.2 * 4;
        _rate = ArrivalProcess.Rate(load, Machines, MeanCores * settings.MeanWork);
        TimeScale = settings.MeanWork / Machines.Max(machine => machine.Speed);
        MeanJoules = MeanCores * settings.MeanWork * Machines.Average(machine => machine.JoulesPerWork);
    }

    /// <summary>Work that comes over work that can be done.</summary>
    public double Load { get; }

    /// <inheritdoc/>
    public ClusterRules Rules => _settings.Rules;

    /// <inheritdoc/>
    public IReadOnlyList<Machine> Machines { get; }

    /// <inheritdoc/>
    public double TimeScale { get; }

    /// <summary>About what a task costs beyond the machines' idle power, in joules.</summary>
    public double MeanJoules { get; }

    /// <inheritdoc/>
    public ClusterProblem Draw(ref Randomness random)
    {
        var times = ArrivalProcess.Times(_settings.Arrivals, _settings.Tasks, _rate, ref random);
        var jobs = new Job[times.Length];
        var fastest = Machines.Max(machine => machine.Speed);
        for (var i = 0; i < jobs.Length; i++)
        {
            var kind = random.NextDouble();
            var cores = kind < 0.5 ? 1 : kind < 0.8 ? 2 : 4;
            var work = _settings.MeanWork * Exponential.Exp(_settings.WorkSpread * random.NextNormal() - _settings.WorkSpread * _settings.WorkSpread / 2);
            var deadline = times[i] + random.NextUniform(LeastSlack, MostSlack) * work / fastest;
            jobs[i] = Job.Single(FormattableString.Invariant($"task-{i + 1}"), times[i], work, cores, 1 + random.NextInt(8), deadline);
        }
        return ClusterProblem.Create(Machines, jobs);
    }
}
