using Pilotage.Evaluation;
using Pilotage.Lab.Devices;
using Pilotage.Lab.Runs;
using Pilotage.Systems;

namespace Pilotage.Lab.Trials;

/// <summary>Trials of a system's study, from the text of its <c>config.yaml</c>.</summary>
/// <param name="systems">The systems of this build.</param>
/// <param name="devices">Where tensors may be computed.</param>
/// <remarks>A study is prepared once and kept for the next trial of the same text. May be called from several threads.</remarks>
public sealed class SystemTrials(IReadOnlyList<ISystem> systems, DeviceCatalog devices) : ITrialProgram
{
    /// <summary><see cref="Kind"/>.</summary>
    public const string Name = "study";

    private readonly Lock _lock = new();
    private (string Text, RunHeader Header, IStudy Study)? _kept;

    /// <inheritdoc/>
    public string Kind => Name;

    /// <inheritdoc/>
    public FinishedTrial Run(string text, string arm, int seed, CancellationToken cancellation)
    {
        var (header, study) = Open(text);
        var found = study.Arms.FirstOrDefault(a => a.Name == arm)
            ?? throw new UserMistakeException(new Mistake("PIL0214", $"{header.Name} has no arm '{arm}'.", "", "The one who asked runs another version of this program: use the same everywhere.").ToString());
        var start = TimeProvider.System.GetTimestamp();
        var measurements = found.Run(new(header.Scale, seed, SeedTree.Root(header.Seed).Branch(seed)), cancellation);
        cancellation.ThrowIfCancellationRequested();
        return new(measurements, TimeProvider.System.GetElapsedTime(start).TotalSeconds);
    }

    private (RunHeader Header, IStudy Study) Open(string text)
    {
        lock (_lock)
        {
            if (_kept is { } kept && kept.Text == text) return (kept.Header, kept.Study);
            var configuration = RunConfiguration.Parse(text, header => Find(systems, header).Settings);
            var header = configuration.Header;
            var study = Find(systems, header).CreateStudy(new(configuration.Settings, header.Scale, header.SeedCount, header.Data) { Device = devices.Find(header.Device) });
            _kept = (text, header, study);
            return (header, study);
        }
    }

    /// <summary>The system that a text names.</summary>
    /// <exception cref="UserMistakeException">There is none in this program (PIL0215).</exception>
    internal static ISystem Find(IReadOnlyList<ISystem> systems, RunHeader header) => systems.FirstOrDefault(system => system.Description.Slug == header.System)
        ?? throw new UserMistakeException(new Mistake("PIL0215", $"There is no system '{header.System}' in this program.", "", "The one who asked runs another version of it: use the same everywhere.").ToString());
}
