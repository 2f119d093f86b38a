namespace Pilotage.Dashboard.Board.Work;

/// <summary>A run that is to be started: a system's comparison, or the training of one policy.</summary>
/// <param name="System">The system; left out for a training.</param>
/// <param name="Algorithm">The learner of a training.</param>
/// <param name="Environment">The environment of a training.</param>
/// <param name="Scale">Of a comparison: smoke, laptop or paper; left out for laptop.</param>
/// <param name="Seed">Root of all randomness; left out for 0.</param>
/// <param name="Seeds">Seeds of each arm that learns; left out for the scale's own number.</param>
/// <param name="Steps">Environment steps of a training; left out for the algorithm's own number.</param>
/// <param name="Threads">Threads; left out for the command's own number.</param>
/// <param name="Settings">Changed settings by key.</param>
internal sealed record StartQuestion(
    string? System = null, string? Algorithm = null, string? Environment = null, string? Scale = null, long? Seed = null, int? Seeds = null, long? Steps = null, int? Threads = null,
    IReadOnlyDictionary<string, string>? Settings = null)
{
    /// <summary>The words of the command line, without the run's folder. Each is one argument, so that none can become two.</summary>
    public IEnumerable<string> Words()
    {
        if (System is { } system)
        {
            yield return "run";
            yield return system;
        }
        else
        {
            yield return "train";
            yield return $"--algorithm={Algorithm}";
            yield return $"--environment={Environment}";
        }
        if (Scale is { Length: > 0 } scale) yield return $"--scale={scale}";
        if (Seed is { } seed) yield return FormattableString.Invariant($"--seed={seed}");
        if (Seeds is { } seeds) yield return FormattableString.Invariant($"--seeds={seeds}");
        if (Steps is { } steps) yield return FormattableString.Invariant($"--steps={steps}");
        if (Threads is { } threads) yield return FormattableString.Invariant($"--threads={threads}");
        foreach (var (key, value) in Settings ?? new Dictionary<string, string>())
        {
            yield return "--set";
            yield return $"{key}={value}";
        }
    }

    /// <summary>The middle of the folder's name.</summary>
    public string Name => System ?? $"{Algorithm}-{Environment}";
}
