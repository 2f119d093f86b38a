using Pilotage.Settings;

namespace Pilotage.Lab.Sweeps;

/// <summary>All settings of a sweep's run: its own, and those that every candidate starts from.</summary>
/// <param name="Sweep">The sweep.</param>
/// <param name="Start">The settings record of the algorithm or system: the default that candidates are compared with.</param>
internal sealed record SweepRecord(SweepSettings Sweep, object Start)
{
    /// <summary>A schema of both, each a group of its own.</summary>
    /// <param name="target">Schema of the algorithm's or system's settings.</param>
    /// <param name="start">Its record to begin from; <see langword="null"/> for its defaults.</param>
    public static SettingsSchema SchemaOf(SettingsSchema target, object? start = null) => new("Sweep", new SweepRecord(new(), start ?? target.Default),
    [
        new("sweep", typeof(SweepSettings), "The sweep.", record => ((SweepRecord)record).Sweep, (record, value) => (SweepRecord)record with { Sweep = (SweepSettings)value! })
        { Nested = SweepSettings.Schema },
        new("start", target.Default.GetType(), "What every candidate starts from: the default that the answer is compared with.", record => ((SweepRecord)record).Start, (record, value) => (SweepRecord)record with { Start = value! })
        { Nested = target },
    ]);
}
