using System.Text.Json;
using Pilotage.Evaluation;

namespace Pilotage.Tracking;

/// <summary>A finished trial of a comparison or sweep.</summary>
/// <param name="Phase">The folder that it lies in, within <c>trials/</c>: <c>tuning</c> or <c>test</c> of a sweep; empty for a comparison.</param>
/// <param name="Arm">Name of the arm.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Measurements">What it measured.</param>
internal sealed record TrackedTrial(string Phase, string Arm, int Seed, double Seconds, IReadOnlyList<Measurement> Measurements)
{
    /// <summary>Reads all trials below a folder; a file that is damaged or being written is left out, as a resumed run would.</summary>
    /// <param name="folder">The run's <c>trials</c>; may be absent.</param>
    /// <returns>Ordered by phase, arm and seed.</returns>
    public static IReadOnlyList<TrackedTrial> ReadAll(string folder) => !Directory.Exists(folder) ? [] :
    [
        .. Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Select(path => TryRead(folder, path)).OfType<TrackedTrial>()
            .OrderBy(trial => trial.Phase, StringComparer.Ordinal).ThenBy(trial => trial.Arm, StringComparer.Ordinal).ThenBy(trial => trial.Seed),
    ];

    private static TrackedTrial? TryRead(string folder, string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path));
            var root = document.RootElement;
            var measurements = root.GetProperty("measurements").EnumerateArray()
                .Select(one => new Measurement(one.GetProperty("metric").GetString()!, one.GetProperty("instance").GetString()!, one.GetProperty("value").GetDouble())).ToList();
            var phase = Path.GetRelativePath(folder, Path.GetDirectoryName(path)!).Replace(Path.DirectorySeparatorChar, '/');
            return new(phase == "." ? "" : phase, root.GetProperty("arm").GetString()!, root.GetProperty("seed").GetInt32(), root.GetProperty("elapsedSeconds").GetDouble(), measurements);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IOException)
        {
            return null;
        }
    }
}
