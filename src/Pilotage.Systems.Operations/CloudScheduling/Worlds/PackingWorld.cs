namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Jobs of two resources for one machine; all times are whole seconds, as in DeepRM.</summary>
internal sealed class PackingWorld : IClusterWorld
{
    private readonly PackingSettings _settings;
    private readonly double _probability;                // of an arrival in a second

    public PackingWorld(PackingSettings settings)
    {
        _settings = settings;
        Machines = [new("cluster", settings.Slots, settings.Slots, 1)];
        var seconds = settings.ShortShare * 2 + (1 - settings.ShortShare) * 12.5;
        const double MeanShare = (0.375 + 0.075) / 2;    // of a resource, which is dominant in half of the jobs
        _probability = Math.Min(1, settings.Load / (seconds * MeanShare));
        TimeScale = seconds;
    }

    /// <inheritdoc/>
    public ClusterRules Rules { get; } = new();

    /// <inheritdoc/>
    public IReadOnlyList<Machine> Machines { get; }

    /// <inheritdoc/>
    public double TimeScale { get; }

    /// <inheritdoc/>
    public ClusterProblem Draw(ref Randomness random)
    {
        var jobs = new Job[_settings.Jobs];
        for (var (i, time) = (0, 0); i < jobs.Length; time++)
        {
            if (random.NextDouble() >= _probability) continue;
            var seconds = random.NextDouble() < _settings.ShortShare ? 1 + random.NextInt(3) : 10 + random.NextInt(6);
            var dominant = Math.Max(1, Math.Round(_settings.Slots * random.NextUniform(0.25, 0.5)));
            var other = Math.Max(1, Math.Round(_settings.Slots * random.NextUniform(0.05, 0.1)));
            var (cores, memory) = random.NextInt(2) == 0 ? (dominant, other) : (other, dominant);
            jobs[i] = Job.Single(FormattableString.Invariant($"job-{i + 1}"), time, seconds, cores, memory);
            i++;
        }
        return ClusterProblem.Create(Machines, jobs);
    }
}
