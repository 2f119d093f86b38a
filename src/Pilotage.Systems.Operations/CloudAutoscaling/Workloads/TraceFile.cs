using System.Globalization;

namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>Reads a load history: CSV with a header, a time column and a count column, in any regular step.</summary>
/// <remarks>
/// Times: ISO 8601, Unix seconds or milliseconds, or integer minutes. Short gaps are filled by linear interpolation and counted; longer ones cut the
/// workload, so that no episode crosses invented load. Everything wrong with the file is reported at once.
/// </remarks>
internal static class TraceFile
{
    private const int LongestFilledGapSeconds = 3600;    // an hour: a longer straight line would be invented load, not a repaired record
    private const int ProblemsShown = 20;
    private static readonly string[] TimeNames = ["timestamp", "time", "minute", "period", "date", "datetime"];
    private static readonly string[] CountNames = ["requests", "count", "value", "tweets", "load"];

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">Name of the workload.</param>
    /// <param name="seams">Data rows, from 0, at which the file jumps in time although its time column does not show it.</param>
    /// <returns>The workload and how many steps were filled in.</returns>
    /// <exception cref="UserMistakeException">The file is missing or malformed; holds all problems with their lines.</exception>
    public static TraceReading Read(string path, string name, params IReadOnlyList<int> seams)
    {
        if (!File.Exists(path)) throw new UserMistakeException($"There is no file {path}. Give the path of a CSV file with the columns timestamp,requests.");
        var lines = File.ReadAllLines(path);
        var problems = new List<string>();
        var (timeColumn, countColumn) = Columns(path, lines, problems);
        UserMistakeException.ThrowIfAny(problems);

        var times = new List<double>(lines.Length);
        var counts = new List<double>(lines.Length);
        var isMinutes = false;
        var last = double.NegativeInfinity;                                // of every readable time, also of lines whose count is wrong
        for (var i = 1; i < lines.Length; i++)
        {
            if (lines[i].AsSpan().Trim().IsEmpty) continue;
            var fields = lines[i].Split(',');
            if (fields.Length <= Math.Max(timeColumn, countColumn))
            {
                problems.Add($"{path}, line {i + 1}: {fields.Length} field(s) where the header has {lines[0].Split(',').Length}. Complete or remove the line.");
                continue;
            }
            var time = ParseTime(fields[timeColumn], out var minutes);
            isMinutes |= minutes;
            if (time is null) problems.Add($"{path}, line {i + 1}: time '{fields[timeColumn].Trim()}' is neither ISO 8601 nor Unix seconds nor whole minutes. Use for example 2024-05-01T13:00:00.");
            else if (time <= last) problems.Add($"{path}, line {i + 1}: time '{fields[timeColumn].Trim()}' is not after the line before. Sort the file by time and remove duplicates.");
            last = Math.Max(last, time ?? last);
            var good = double.TryParse(fields[countColumn], NumberStyles.Float, CultureInfo.InvariantCulture, out var count) && double.IsFinite(count) && count >= 0;
            if (!good) problems.Add($"{path}, line {i + 1}: requests '{fields[countColumn].Trim()}' is not a number of at least 0. Correct the value, or remove the line to have it interpolated.");
            if (time is null || !good) continue;
            times.Add(time.Value);
            counts.Add(count);
        }
        if (problems.Count == 0 && times.Count < 2) problems.Add($"{path}: {times.Count} data line(s); at least 2 are needed to know the step. Give several days of load.");
        ThrowShortened(path, problems);
        return Assemble(path, name, times, counts, seams, isMinutes);
    }

    private static TraceReading Assemble(string path, string name, List<double> times, List<double> counts, IReadOnlyList<int> seams, bool isMinutes)
    {
        var step = CommonStep(times);
        var problems = new List<string>();
        var loads = new List<double>(counts.Count);
        var segments = new List<WorkloadSegment>();
        var (segmentStart, segmentTime, filled) = (0, times[0], 0);
        void Close() => segments.Add(new(segmentStart, loads.Count - segmentStart, ClockStep(segmentTime, step)));

        for (var i = 0; i < counts.Count; i++)
        {
            if (i > 0 && seams.Contains(i))
            {
                Close();
                (segmentStart, segmentTime) = (loads.Count, 0);           // known seams begin a calendar month, at midnight
            }
            else if (i > 0 && times[i] - times[i - 1] is var gap && gap != step)
            {
                var missing = gap / step - 1;
                if (missing != Math.Floor(missing)) problems.Add($"{path}: the step is {Text(step)} s, but data row {i + 1} follows after {Text(gap)} s. Resample to a regular step.");
                else if (gap > LongestFilledGapSeconds)
                {
                    Close();
                    (segmentStart, segmentTime) = (loads.Count, times[i]);
                }
                else
                {
                    for (var k = 1; k <= missing; k++) loads.Add(counts[i - 1] + (counts[i] - counts[i - 1]) * k / (missing + 1));
                    filled += (int)missing;
                }
            }
            loads.Add(counts[i]);
        }
        Close();
        ThrowShortened(path, problems);
        return new(new Workload(name, [.. loads], segments, step), filled, isMinutes ? "minutes from the file's first day" : "timestamps");
    }

    private static (int Time, int Count) Columns(string path, string[] lines, List<string> problems)
    {
        if (lines.Length == 0 || lines.All(string.IsNullOrWhiteSpace))
        {
            problems.Add($"{path} is empty. It needs a header line timestamp,requests and one line per step.");
            return default;
        }
        var header = lines[0].Split(',').Select(field => field.Trim().Trim('"').TrimStart('\uFEFF').ToLowerInvariant()).ToList();
        var time = header.FindIndex(TimeNames.Contains);
        var count = header.FindIndex(CountNames.Contains);
        if (time < 0) problems.Add($"{path}, line 1: no time column among '{lines[0].Trim()}'. Name one of the columns {string.Join(", ", TimeNames)}.");
        if (count < 0) problems.Add($"{path}, line 1: no count column among '{lines[0].Trim()}'. Name one of the columns {string.Join(", ", CountNames)}.");
        return (time, count);
    }

    internal static double? ParseTime(string field, out bool isMinutes)
    {
        var text = field.AsSpan().Trim().Trim('"');
        isMinutes = false;
        if (long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number))
        {
            isMinutes = number is >= 0 and < 100_000_000;                 // as Unix seconds that would be before March 1973
            return isMinutes ? number * 60.0 : number >= 100_000_000_000 ? number / 1000.0 : number < 0 ? null : number;
        }
        const DateTimeStyles AsUtc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTime.TryParse(text, CultureInfo.InvariantCulture, AsUtc, out var moment) ? (moment - DateTime.UnixEpoch).TotalSeconds : null;
    }

    private static double CommonStep(List<double> times)
    {
        var gaps = new Dictionary<double, int>();
        for (var i = 1; i < times.Count; i++) gaps[times[i] - times[i - 1]] = gaps.GetValueOrDefault(times[i] - times[i - 1]) + 1;
        return gaps.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).First().Key;
    }

    private static int ClockStep(double time, double step) => (int)(time % 86_400 / step);

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static void ThrowShortened(string path, List<string> problems)
    {
        if (problems.Count > ProblemsShown) problems = [.. problems.Take(ProblemsShown), $"{path}: {problems.Count - ProblemsShown} more problems of this kind."];
        UserMistakeException.ThrowIfAny(problems);
    }
}
