using System.Globalization;
using System.Text;

namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>Weekly sales of 288 products in 21 stores of a grocer in Ecuador, 2013 to 2016, cut as the paper cuts them.</summary>
/// <remarks>
/// Costs and lead times are the paper's ranges, drawn once for each series: p in [6.3, 11.7], h = 1, L in 4 to 6 weeks. Training simulates weeks 16-110, validation 104-140, test 134-170, the
/// last two without their first 16 weeks; each sees the 16 weeks before it.
/// </remarks>
internal static class FavoritaPanel
{
    /// <summary>The data set's files.</summary>
    public const string Sales = "favorita_weekly_sales_288x21x171.npy", Dates = "dates_with_info.csv";

    private const int Products = 288, Stores = 21, Weeks = 171, LearnedWeeks = 111, Ignored = 16;

    /// <summary>Reads the data.</summary>
    /// <param name="folder">Holds both files.</param>
    /// <exception cref="UserMistakeException">A file is missing or is not what it should be; holds all problems.</exception>
    public static PanelWorld Read(string folder)
    {
        var problems = new List<string>();
        var raw = ReadSales(Path.Combine(folder, Sales), problems);
        var calendar = ReadCalendar(Path.Combine(folder, Dates), problems);
        UserMistakeException.ThrowIfAny(problems);
        var series = Enumerable.Range(0, Products * Stores).ToList();
        var (panel, _, _) = DemandPanel.Of(
            [.. series.Select(i => FormattableString.Invariant($"product-{i / Stores}/store-{i % Stores}"))], [.. series.Select(i => FormattableString.Invariant($"product-{i / Stores:000}"))], raw!, Weeks, LearnedWeeks, calendar!);
        return Cut(panel);
    }

    /// <summary>Gives a panel of as many weeks the paper's terms and cuts.</summary>
    /// <param name="panel">171 weeks.</param>
    public static PanelWorld Cut(DemandPanel panel)
    {
        var seeds = SeedTree.Root(0).Branch("favorita");
        var (holding, shortage, leads) = (new float[panel.Count], new float[panel.Count], new int[panel.Count]);
        for (var i = 0; i < panel.Count; i++)
        {
            var random = seeds.Branch(i).Start();
            (holding[i], shortage[i], leads[i]) = (1, (float)random.NextUniform(6.3, 11.7), 4 + random.NextInt(3));
        }
        return new(panel, new(holding, shortage, leads), (16, 95), (104, 37), (134, 37), Ignored, seeds);
    }

    /// <summary>Sales that are made up, for where the data is not: 171 weeks of products whose demand follows the season, drifts, and jumps in promotions.</summary>
    /// <param name="products">Number of products.</param>
    /// <param name="stores">Of each product.</param>
    public static PanelWorld Generate(int products, int stores)
    {
        var random = SeedTree.Root(0).Branch("made-up sales").Start();
        var raw = new float[products * stores * Weeks];
        for (var p = 0; p < products; p++)
        {
            var (season, phase, promotion) = (random.NextUniform(0, 0.4), random.NextUniform(0, 52), random.NextUniform(0, 0.06));
            for (var s = 0; s < stores; s++)
            {
                var (size, level) = (random.NextUniform(5, 100), 0.0);
                for (var t = 0; t < Weeks; t++)
                {
                    level = 0.9 * level + 0.1 * random.NextNormal();
                    var jump = random.NextDouble() < promotion ? 1.5 : 0;
                    var mean = size * Numerics.Exponential.Exp(level + season * Numerics.Trigonometry.Cos(2 * Math.PI * (t - phase) / 52) + jump);
                    raw[(p * stores + s) * Weeks + t] = (float)Math.Max(0, mean * (1 + 0.25 * random.NextNormal()));
                }
            }
        }
        var series = Enumerable.Range(0, products * stores).ToList();
        return Cut(DemandPanel.Of(
            [.. series.Select(i => FormattableString.Invariant($"product-{i / stores}/store-{i % stores}"))], [.. series.Select(i => FormattableString.Invariant($"product-{i / stores:000}"))],
            raw, Weeks, LearnedWeeks, [.. Enumerable.Range(0, Weeks).Select(t => t % 52 / 52f)]).Panel);
    }

    private static float[]? ReadSales(string path, List<string> problems)
    {
        const string Magic = "\u0093NUMPY";
        if (!File.Exists(path))
        {
            problems.Add($"There is no file {path}. It holds the weekly sales; see the system's README for where it comes from.");
            return null;
        }
        var bytes = File.ReadAllBytes(path);
        var header = bytes.Length > 10 ? 10 + BitConverter.ToUInt16(bytes, 8) : 0;
        var text = header > 10 && header <= bytes.Length ? Encoding.Latin1.GetString(bytes, 0, header) : "";
        if (!text.StartsWith(Magic, StringComparison.Ordinal) || !text.Contains("'<f4'", StringComparison.Ordinal) || !text.Contains("(288, 21, 171)", StringComparison.Ordinal) || text.Contains("True", StringComparison.Ordinal))
        {
            problems.Add($"{path} is not a NumPy file of little-endian float32 in C order with the shape (288, 21, 171). Take the file as it is published.");
            return null;
        }
        var wanted = Products * Stores * Weeks * sizeof(float);
        if (bytes.Length - header != wanted)
        {
            problems.Add(FormattableString.Invariant($"{path} holds {bytes.Length - header} bytes after its header, not {wanted}: it is cut short or has been changed. Take the file again."));
            return null;
        }
        var values = new float[wanted / sizeof(float)];
        Buffer.BlockCopy(bytes, header, values, 0, wanted);
        var broken = Array.FindIndex(values, value => !float.IsFinite(value));
        if (broken >= 0) problems.Add(FormattableString.Invariant($"{path}: product {broken / (Stores * Weeks)}, store {broken / Weeks % Stores}, week {broken % Weeks} is not a number. Take the file again."));
        return values;
    }

    private static float[]? ReadCalendar(string path, List<string> problems)
    {
        if (!File.Exists(path))
        {
            problems.Add($"There is no file {path}. It holds the weeks' dates; see the system's README for where it comes from.");
            return null;
        }
        var lines = File.ReadAllLines(path);
        var column = lines.Length == 0 ? -1 : Array.IndexOf(lines[0].Split(','), "days_from_christmas");
        if (column < 0 || lines.Length <= Weeks)
        {
            problems.Add($"{path} needs a column 'days_from_christmas' and a line for each of {Weeks} weeks. Take the file as it is published.");
            return null;
        }
        var calendar = new float[Weeks];
        for (var week = 0; week < Weeks; week++)
        {
            var fields = lines[week + 1].Split(',');
            if (column >= fields.Length || !float.TryParse(fields[column], NumberStyles.Float, CultureInfo.InvariantCulture, out var days) || !float.IsFinite(days))
                problems.Add(FormattableString.Invariant($"{path}, line {week + 2}: '{(column < fields.Length ? fields[column] : "")}' is no number of days. Take the file as it is published."));
            else calendar[week] = days / 365;
        }
        return calendar;
    }
}
