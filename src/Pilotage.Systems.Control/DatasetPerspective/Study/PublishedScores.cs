using System.Globalization;

namespace Pilotage.Systems.Control.DatasetPerspective;

/// <summary>A published table of scores, tasks by methods, and which method ranks where on which kind of data.</summary>
/// <param name="Methods">Columns.</param>
/// <param name="Tasks">Rows: <c>hopper-expert</c>; what stands behind the first hyphen is the kind of data.</param>
/// <param name="Scores">Score of each task and method, 0 for random and 100 for expert.</param>
internal sealed record PublishedScores(IReadOnlyList<string> Methods, IReadOnlyList<string> Tasks, IReadOnlyList<IReadOnlyList<double>> Scores)
{
    private const string Folder = "dataset-perspective", File = "d4rl_results.csv";

    /// <summary>The kinds of data, in the order of the table.</summary>
    public IReadOnlyList<string> Kinds => [.. Tasks.Select(KindOf).Distinct()];

    /// <summary>The mean rank of a method over the tasks of a kind of data; 1 is best, equal scores share theirs.</summary>
    /// <param name="method">A column.</param>
    /// <param name="kind">One of <see cref="Kinds"/>; <see langword="null"/> for all tasks.</param>
    public double MeanRank(string method, string? kind = null)
    {
        var column = Methods.ToList().IndexOf(method);
        return Enumerable.Range(0, Tasks.Count).Where(task => kind is null || KindOf(Tasks[task]) == kind).Average(task => Methods.Count + 1 - Correlation.Ranks(Scores[task])[column]);
    }

    /// <summary>Reads the table.</summary>
    /// <param name="dataFolder">Folder of data sets, or the table's own.</param>
    /// <returns><see langword="null"/> if the folder has no such table.</returns>
    /// <exception cref="UserMistakeException">The folder is not there, or the table cannot be read (PIL1305).</exception>
    public static PublishedScores? Read(string dataFolder)
    {
        if (!Directory.Exists(dataFolder)) throw Mistake($"There is no folder {dataFolder}.", dataFolder, "Name the folder of the data, or leave --data out: the study itself needs none.");
        var path = new[] { Path.Combine(dataFolder, Folder, File), Path.Combine(dataFolder, File) }.FirstOrDefault(System.IO.File.Exists);
        if (path is null) return null;
        var lines = System.IO.File.ReadAllLines(path).Where(line => line.Trim().Length > 0).Select(line => line.Split(';', StringSplitOptions.TrimEntries)).ToList();
        if (lines.Count < 2 || lines[0].Length < 3 || lines[0][0] != "task") throw Mistake("The table of published scores has no header task;method;method….", path, "Take the file as it is published.");
        var scores = new List<IReadOnlyList<double>>();
        for (var i = 1; i < lines.Count; i++)
        {
            var numbers = lines[i].Skip(1).Select(text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : double.NaN).ToList();
            if (numbers.Count != lines[0].Length - 1 || numbers.Exists(double.IsNaN))
                throw Mistake(FormattableString.Invariant($"Line {i + 1} has no number for each of the {lines[0].Length - 1} methods."), path, "Take the file as it is published.");
            scores.Add(numbers);
        }
        return new([.. lines[0].Skip(1)], [.. lines.Skip(1).Select(line => line[0])], scores);
    }

    private static string KindOf(string task) => task[(task.IndexOf('-', StringComparison.Ordinal) + 1)..];

    private static UserMistakeException Mistake(string what, string where, string advice) => new(new Mistake("PIL1305", what, where, advice).ToString());
}
