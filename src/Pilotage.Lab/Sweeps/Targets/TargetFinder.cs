using Pilotage.Algorithms;
using Pilotage.Environments;
using Pilotage.Lab.Devices;
using Pilotage.Lab.Runs;
using Pilotage.Settings;
using Pilotage.Systems;

namespace Pilotage.Lab.Sweeps.Targets;

/// <summary>Finds what a configuration tunes.</summary>
/// <param name="systems">The systems of this build.</param>
/// <param name="environments">Its environments, given the folder of data.</param>
/// <param name="devices">Where tensors may be computed.</param>
public sealed class TargetFinder(IReadOnlyList<ISystem> systems, Func<string?, IReadOnlyList<EnvironmentEntry>> environments, DeviceCatalog devices)
{
    /// <summary>The schema of a sweep's settings.</summary>
    /// <param name="header">Names system, or algorithm and environment.</param>
    /// <returns>The sweep's own settings and those of what it tunes.</returns>
    /// <exception cref="UserMistakeException">There is no such system or algorithm.</exception>
    public SettingsSchema SchemaOf(RunHeader header) => SweepRecord.SchemaOf(header.System is { } system ? Find(system).Settings : AlgorithmCatalog.Find(header.Algorithm ?? "").Settings);

    /// <summary>The target.</summary>
    internal ISweepTarget Of(RunHeader header, SweepRecord record)
    {
        var device = devices.Find(header.Device);
        if (header.System is { } system) return new SystemTarget(Find(system), record.Start, record.Sweep, header.Scale, header.Data, device);
        var (algorithm, environment) = (AlgorithmCatalog.Find(header.Algorithm!), EnvironmentCatalog.Find(header.Environment!, environments(header.Data)));
        return algorithm.Refusal(environment.Spec) is { } refusal
            ? throw new UserMistakeException(new Mistake("PIL0211", refusal, "", "Choose another algorithm or environment.").ToString())
            : new TrainingTarget(algorithm, environment, record.Start, record.Sweep.Episodes, device);
    }

    private ISystem Find(string name) => systems.FirstOrDefault(system => system.Description.Slug == name)
        ?? throw new UserMistakeException(new Mistake("PIL0215", $"There is no system '{name}' in this program.", "", "It was made by another version of it.").ToString());
}
