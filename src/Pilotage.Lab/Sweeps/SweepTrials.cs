using Pilotage.Evaluation;
using Pilotage.Lab.Runs;
using Pilotage.Lab.Sweeps.Targets;
using Pilotage.Lab.Trials;
using Pilotage.Settings;

namespace Pilotage.Lab.Sweeps;

/// <summary>Trials of a sweep, from the text of its <c>config.yaml</c> and the key of a trial.</summary>
/// <param name="finder">Finds what is tuned.</param>
/// <remarks>While tuning, a candidate that fails (numbers that are not finite, settings that contradict each other) gives a measurement that says so. May be called from several threads.</remarks>
public sealed class SweepTrials(TargetFinder finder) : ITrialProgram
{
    /// <summary><see cref="Kind"/>.</summary>
    public const string Name = "sweep";

    /// <summary>The metric of a failed candidate; its instance is the reason.</summary>
    internal const string Failed = "failed";

    private readonly Lock _lock = new();
    private (string Text, long Seed, ISweepTarget Target)? _kept;

    /// <inheritdoc/>
    public string Kind => Name;

    /// <inheritdoc/>
    public FinishedTrial Run(string text, string arm, int seed, CancellationToken cancellation)
    {
        var (root, target) = Open(text);
        return Run(target, root, TrialKey.Parse(arm), seed, cancellation);
    }

    /// <summary>Computes a trial of a target that is at hand.</summary>
    internal static FinishedTrial Run(ISweepTarget target, SeedTree root, TrialKey key, int seed, CancellationToken cancellation)
    {
        var start = TimeProvider.System.GetTimestamp();
        var node = key.IsTest ? TestSeeds.Of(root, key.Digest).Trial(seed) : new TuningSeeds(root).Trial(seed);
        var measurements = key.IsRule ? target.MeasureRule(seed, node, key.IsTest, cancellation)
            : key.IsTest ? Measure(target, key, seed, node, cancellation)
            : TryMeasure(target, key, seed, node, cancellation);
        cancellation.ThrowIfCancellationRequested();
        return new(measurements, TimeProvider.System.GetElapsedTime(start).TotalSeconds);
    }

    private static IReadOnlyList<Measurement> TryMeasure(ISweepTarget target, TrialKey key, int seed, SeedTree node, CancellationToken cancellation)
    {
        try
        {
            var measurements = Measure(target, key, seed, node, cancellation);
            var wrong = measurements.FirstOrDefault(one => one.Metric == target.Metric.Name && !double.IsFinite(one.Value));
            if (wrong.Metric is not null) return Failure(FormattableString.Invariant($"{wrong.Metric} on {wrong.Instance} is {wrong.Value}."));
            return measurements.Any(one => one.Metric == target.Metric.Name) ? measurements : Failure($"It measured no {target.Metric.Name}.");
        }
        catch (RunFailedException failure)
        {
            return Failure(failure.Message);
        }
        catch (UserMistakeException mistake)
        {
            return Failure(string.Join(" ", mistake.Problems.Select(problem => string.Join(" ", problem.Split([' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries)))));
        }
    }

    private static IReadOnlyList<Measurement> Measure(ISweepTarget target, TrialKey key, int seed, SeedTree node, CancellationToken cancellation)
    {
        var settings = SettingsBinder.Bind(target.Schema, target.Start, SettingSource.FromCode(key.Values, ""));
        return target.Measure(settings, seed, node, key.IsTest, cancellation);
    }

    private static IReadOnlyList<Measurement> Failure(string reason) => [new(Failed, reason, 1)];

    private (SeedTree Root, ISweepTarget Target) Open(string text)
    {
        lock (_lock)
        {
            if (_kept is { } kept && kept.Text == text) return (SeedTree.Root(kept.Seed), kept.Target);
            var configuration = RunConfiguration.Parse(text, finder.SchemaOf);
            var target = finder.Of(configuration.Header, (SweepRecord)configuration.Settings);
            _kept = (text, configuration.Header.Seed, target);
            return (SeedTree.Root(configuration.Header.Seed), target);
        }
    }
}
