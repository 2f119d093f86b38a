using System.Globalization;

namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>Recorded demand in a CSV file: series,period,value.</summary>
/// <param name="Names">Of the series, in the order of the file.</param>
/// <param name="Periods">Names of the periods, in time.</param>
/// <param name="Values">[series, periods].</param>
internal sealed record DemandFile(IReadOnlyList<string> Names, IReadOnlyList<string> Periods, float[] Values)
{
    private const int ProblemsShown = 20;
    private static readonly string[] Columns = ["series", "period", "value"];

    /// <summary>Reads a file.</summary>
    /// <param name="path">A CSV file with a header.</param>
    /// <exception cref="UserMistakeException">The file cannot be used; holds all problems with line and column.</exception>
    public static DemandFile Read(string path)
    {
        if (!File.Exists(path)) throw new UserMistakeException($"There is no file {path}. Give the path of a CSV file with the columns series,period,value.");
        var lines = File.ReadAllLines(path);
        var header = lines.Length == 0 ? [] : Array.ConvertAll(lines[0].TrimStart('\uFEFF').Split(','), field => field.Trim().Trim('"').ToLowerInvariant());
        var places = Columns.Select(column => Array.IndexOf(header, column)).ToArray();
        UserMistakeException.ThrowIfAny([.. Columns.Where((_, i) => places[i] < 0).Select(column => $"{path}, line 1: no column '{column}' among '{string.Join(",", header)}'. The file needs series,period,value.")]);

        var (problems, cells, names) = (new List<string>(), new Dictionary<(string Series, string Period), float>(), new List<string>());
        for (var i = 1; i < lines.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i])) continue;
            var fields = lines[i].Split(',');
            if (fields.Length < header.Length)
            {
                problems.Add($"{path}, line {i + 1}: {fields.Length} field(s) where the header has {header.Length}. Complete or remove the line.");
                continue;
            }
            var (series, period, text) = (fields[places[0]].Trim().Trim('"'), fields[places[1]].Trim().Trim('"'), fields[places[2]].Trim());
            if (series.Length == 0) problems.Add($"{path}, line {i + 1}, column {places[0] + 1}: the series has no name. Give one.");
            if (Moment(period) is null) problems.Add($"{path}, line {i + 1}, column {places[1] + 1}: period '{period}' is neither a whole number nor a date. Use for example 17 or 2024-05-01.");
            if (!float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !float.IsFinite(value))
            {
                problems.Add($"{path}, line {i + 1}, column {places[2] + 1}: demand '{text}' is not a number. Give what was wanted in the period; 0 if nothing was.");
                continue;
            }
            if (!cells.TryAdd((series, period), value)) problems.Add($"{path}, line {i + 1}: series '{series}' has period '{period}' twice. Keep one.");
            else if (!names.Contains(series)) names.Add(series);
        }
        if (problems.Count > ProblemsShown) problems = [.. problems.Take(ProblemsShown), $"{path}: {problems.Count - ProblemsShown} more problems of this kind."];
        UserMistakeException.ThrowIfAny(problems);

        string[] periods = [.. cells.Keys.Select(cell => cell.Period).Distinct().OrderBy(Moment)];
        var values = new float[names.Count * periods.Length];
        foreach (var (name, s) in names.Select((name, s) => (name, s)))
        {
            var missing = periods.Where(period => !cells.ContainsKey((name, period))).ToList();
            if (missing.Count > 0) problems.Add($"{path}: series '{name}' lacks {missing.Count} of {periods.Length} periods, the first of them '{missing[0]}'. Every series needs every period; write 0 where nothing was wanted.");
            else for (var t = 0; t < periods.Length; t++) values[s * periods.Length + t] = cells[(name, periods[t])];
        }
        if (problems.Count > ProblemsShown) problems = [.. problems.Take(ProblemsShown), $"{path}: {problems.Count - ProblemsShown} more problems of this kind."];
        if (names.Count == 0) problems.Add($"{path} holds no demand below its header. Add a line for each series and period.");
        UserMistakeException.ThrowIfAny(problems);
        return new(names, periods, values);
    }

    /// <summary>The same demand with its series in another order.</summary>
    /// <param name="names">All of them.</param>
    /// <param name="keepsReturns">Whether demand below 0 stays as it is; if not it becomes 0.</param>
    public DemandFile InOrder(IReadOnlyList<string> names, bool keepsReturns)
    {
        var values = new List<float>();
        foreach (var name in names)
            foreach (var value in Values.AsSpan(Names.ToList().IndexOf(name) * Periods.Count, Periods.Count)) values.Add(keepsReturns ? value : Math.Max(0, value));
        return new(names, Periods, [.. values]);
    }

    /// <summary>Some periods of all series.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="length">How many.</param>
    /// <returns>[series, length].</returns>
    public float[] Stretch(int first, int length) => [.. Enumerable.Range(0, Names.Count).SelectMany(s => Values[(s * Periods.Count + first)..(s * Periods.Count + first + length)])];

    /// <summary>Mean and standard deviation of each series.</summary>
    /// <param name="periods">Over how many first periods, at least 2.</param>
    public DemandProcess.Normal Statistics(int periods)
    {
        var paths = Enumerable.Range(0, Names.Count).Select(s => Values[(s * Periods.Count)..(s * Periods.Count + periods)]).ToList();
        double[] means = [.. paths.Select(path => Math.Max(1e-3, path.Average(value => (double)value)))];
        return new(means, [.. paths.Select((path, s) => Math.Sqrt(path.Sum(value => (value - means[s]) * (value - means[s])) / (periods - 1)))]);
    }

    // Dates and whole numbers may not be mixed with sense, but both sort; mixed they would meet as missing periods.
    private static double? Moment(string period) =>
        long.TryParse(period, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : DateTime.TryParseExact(period, ["yyyy-MM-dd", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm", "yyyy-MM"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date.Ticks
        : null;
}
