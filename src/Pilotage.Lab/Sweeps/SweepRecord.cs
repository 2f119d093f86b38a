using Pilotage.Settings;

namespace Pilotage.Lab.Sweeps;

/// <summary>All settings of a sweep's run: its own, and those that every candidate starts from.</summary>
/// <param name="Sweep">The sweep.</param>
/// <param name="Start">The settings record of the algorithm or system: the default that candidates are compared with.</param>
internal sealed record SweepRecord(SweepSettings Sweep, object Start)
{
    /// <summary>A schema of both, each a group of its own.</summary>
    /// <param name="target">Schema of the algorithm's or system's settings.</param>
    public static SettingsSchema SchemaOf(SettingsSchema target) => new("Sweep", new SweepRecord(new(), target.Default),
    [
        new("sweep", typeof(SweepSettings), "The sweep.", record => ((SweepRecord)record).Sweep, (record, value) => (SweepRecord)record with { Sweep = (SweepSettings)value! })
        { Nested = SweepSettings.Schema },
        new("start", target.Default.GetType(), "What every candidate starts from: the default that the answer is compared with.", record => ((SweepRecord)record).Start, (record, value) => (SweepRecord)record with { Start = value! })
        { Nested = target },
    ]);

    /// <summary>The schema of what is tuned.</summary>
    /// <param name="schema">From <see cref="SchemaOf"/>.</param>
    public static SettingsSchema TargetOf(SettingsSchema schema) => schema.Fields[1].Nested!;
}
