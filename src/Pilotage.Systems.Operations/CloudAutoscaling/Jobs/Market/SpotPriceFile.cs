using System.Globalization;

namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>Reads spot prices: CSV with a time column and one price column for each machine type, in their order. Irregular times are welcome.</summary>
/// <remarks>A price holds until the next line, as clouds publish them; the history is cut into steps by the price at each step's beginning.</remarks>
internal static class SpotPriceFile
{
    private const int ProblemsShown = 20;
    private static readonly string[] TimeNames = ["timestamp", "time", "minute", "date", "datetime"];

    /// <summary>Whether a file looks like spot prices: a header with a price column.</summary>
    public static bool IsPrices(string path) =>
        File.Exists(path) && File.ReadLines(path).FirstOrDefault() is { } header && header.Split(',').Any(field => field.Trim().Trim('"').StartsWith("price", StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads prices.</summary>
    /// <param name="path">The file.</param>
    /// <param name="types">Machine types, each of which needs a column.</param>
    /// <param name="stepSeconds">Length of a step.</param>
    /// <param name="leastSteps">Steps that are needed.</param>
    /// <exception cref="UserMistakeException">The file is missing, malformed or too short; holds all problems with their lines.</exception>
    public static SpotMarket Read(string path, int types, double stepSeconds, int leastSteps)
    {
        if (!File.Exists(path)) throw new UserMistakeException($"There is no file {path}. Give the path of a CSV file with the columns timestamp,price.");
        var lines = File.ReadAllLines(path);
        var header = lines.Length == 0 ? [] : Array.ConvertAll(lines[0].TrimStart('\uFEFF').Split(','), field => field.Trim().Trim('"').ToLowerInvariant());
        var time = Array.FindIndex(header, TimeNames.Contains);
        var columns = Enumerable.Range(0, header.Length).Where(i => header[i].StartsWith("price", StringComparison.Ordinal)).ToArray();
        var problems = new List<string>();
        if (time < 0) problems.Add($"{path}, line 1: no time column among '{string.Join(",", header)}'. Name one of the columns {string.Join(", ", TimeNames)}.");
        if (columns.Length != types)
            problems.Add($"{path}, line 1: {columns.Length} column(s) whose name begins with 'price', but {types} machine type(s) in jobs.speeds. Give one price column for each type, in the same order.");
        UserMistakeException.ThrowIfAny(problems);

        var (times, prices) = (new List<double>(), new List<double[]>());
        for (var i = 1; i < lines.Length; i++)
            if (!string.IsNullOrWhiteSpace(lines[i]) && Line(path, i + 1, lines[i].Split(','), header.Length, time, columns, times, problems) is { } row) prices.Add(row);
        if (problems.Count > ProblemsShown) problems = [.. problems.Take(ProblemsShown), $"{path}: {problems.Count - ProblemsShown} more problems of this kind."];
        UserMistakeException.ThrowIfAny(problems);

        var steps = times.Count == 0 ? 0 : (int)Math.Floor((times[^1] - times[0]) / stepSeconds) + 1;
        if (steps < leastSteps)
            throw new UserMistakeException(FormattableString.Invariant($"{path} covers {steps} step(s) of {stepSeconds} s; at least {leastSteps} are needed to train, choose and judge at different times. Give a longer history."));
        return new([.. Enumerable.Range(0, types).Select(type => Held(times, prices, type, steps, stepSeconds))]);
    }

    private static double[]? Line(string path, int line, string[] fields, int width, int time, int[] columns, List<double> times, List<string> problems)
    {
        if (fields.Length < width)
        {
            problems.Add($"{path}, line {line}: {fields.Length} field(s) where the header has {width}. Complete or remove the line.");
            return null;
        }
        var before = problems.Count;
        var at = TraceFile.ParseTime(fields[time], out _);
        if (at is null) problems.Add($"{path}, line {line}: time '{fields[time].Trim()}' is neither ISO 8601 nor Unix seconds nor whole minutes. Use for example 2024-05-01T13:00:00.");
        else if (times.Count > 0 && at <= times[^1]) problems.Add($"{path}, line {line}: time '{fields[time].Trim()}' is not after the line before. Sort the file by time and remove duplicates.");
        var row = new double[columns.Length];
        for (var type = 0; type < row.Length; type++)
            if (!double.TryParse(fields[columns[type]], NumberStyles.Float, CultureInfo.InvariantCulture, out row[type]) || !double.IsFinite(row[type]) || row[type] <= 0)
                problems.Add($"{path}, line {line}: price '{fields[columns[type]].Trim()}' is not a number above 0. Give the price of one machine for one hour.");
        if (problems.Count > before) return null;
        times.Add(at!.Value);
        return row;
    }

    private static double[] Held(List<double> times, List<double[]> prices, int type, int steps, double stepSeconds)
    {
        var (path, line) = (new double[steps], 0);
        for (var step = 0; step < steps; step++)
        {
            while (line + 1 < times.Count && times[line + 1] <= times[0] + step * stepSeconds) line++;
            path[step] = prices[line][type];
        }
        return path;
    }
}
