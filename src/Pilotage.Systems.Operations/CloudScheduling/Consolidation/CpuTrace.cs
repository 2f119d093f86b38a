using System.Globalization;

namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Recorded processor use of virtual machines: shares in [0, 1], one row each.</summary>
internal sealed record CpuTrace(IReadOnlyList<float[]> Rows)
{
    public const string TrainingFile = "planetlab_cpu_20110303.csv", TestFile = "planetlab_cpu_20110420.csv";
    private const int ProblemsTold = 10;

    /// <summary>Reads a CSV file without header: a row is a virtual machine, a column five minutes, a number the per cent of its processor.</summary>
    /// <exception cref="UserMistakeException">It cannot be used; holds the first problems with line and column.</exception>
    public static CpuTrace Read(string path, int leastSteps)
    {
        if (!File.Exists(path)) throw new UserMistakeException(new Mistake("PIL1609", $"There is no file {path}.", "", "Give a CSV file: a row for each virtual machine, a column for each five minutes, per cent.").ToString());
        var (rows, problems, line) = (new List<float[]>(), new List<string>(), 0);
        foreach (var text in File.ReadLines(path))
        {
            line++;
            if (string.IsNullOrWhiteSpace(text)) continue;
            var fields = text.Split(',');
            var row = new float[fields.Length];
            for (var i = 0; i < fields.Length; i++)
            {
                if (float.TryParse(fields[i], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is >= 0 and <= 100) row[i] = value / 100;
                else problems.Add(new Mistake("PIL1618", $"'{fields[i].Trim()}' is no per cent from 0 to 100.", $"{path}, line {line}, column {i + 1}", "Give the use of the virtual machine's own processor.").ToString());
            }
            if (row.Length < leastSteps) problems.Add(new Mistake("PIL1618", $"{row.Length} steps where {leastSteps} are played.", $"{path}, line {line}", "Give longer rows, or set hosts.steps.").ToString());
            rows.Add(row);
            if (problems.Count >= ProblemsTold) break;
        }
        if (rows.Count == 0) problems.Add(new Mistake("PIL1608", $"{path} holds no virtual machine.", "", "Give at least one row.").ToString());
        UserMistakeException.ThrowIfAny(problems);
        return new(rows);
    }

    /// <summary>Made-up use: a slow level, a day's wave and jumps, as busy as PlanetLab's (about an eighth of the processor in the mean).</summary>
    /// <param name="count">Virtual machines.</param>
    /// <param name="steps">Five minutes each.</param>
    /// <param name="seeds">The branch to draw from.</param>
    public static CpuTrace Generated(int count, int steps, SeedTree seeds)
    {
        var random = seeds.Start();
        var rows = new float[count][];
        for (var i = 0; i < count; i++)
        {
            rows[i] = new float[steps];
            var (level, phase, jump) = (random.NextUniform(0.02, 0.25), random.NextUniform(0, 6.28), 0.0);
            for (var t = 0; t < steps; t++)
            {
                if (random.NextInt(24) == 0) jump = random.NextInt(3) == 0 ? random.NextUniform(0.1, 0.7) : 0;
                rows[i][t] = (float)Math.Clamp(level * (1 + 0.4 * Numerics.Trigonometry.Cos(6.283 * t / steps + phase)) + jump + 0.04 * random.NextNormal(), 0, 1);
            }
        }
        return new(rows);
    }

    /// <summary>Some rows in random order.</summary>
    /// <param name="count">How many; more than there are take rows again.</param>
    /// <param name="random">Draws them.</param>
    public IReadOnlyList<float[]> Draw(int count, ref Randomness random)
    {
        int[] order = [.. Enumerable.Range(0, Rows.Count)];
        random.Shuffle(order.AsSpan());
        return [.. Enumerable.Range(0, count).Select(i => Rows[order[i % order.Length]])];
    }
}
