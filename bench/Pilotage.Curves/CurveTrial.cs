using System.Globalization;
using Pilotage.Algorithms;
using Pilotage.Environments;
using Pilotage.Evaluation;
using Pilotage.Settings;
using Pilotage.Tensors;

namespace Pilotage.Curves;

/// <summary>One training with looks at its greedy policy on the way. Its file says what it was made with, so that a trial of other settings is not taken for it.</summary>
/// <param name="Figure">Task and budget.</param>
/// <param name="Seed">Training seed.</param>
/// <param name="Points">Evaluations, evenly spread; the last one at the end.</param>
/// <param name="Episodes">Of each evaluation but the last.</param>
/// <param name="FinalEpisodes">Of the last one.</param>
internal sealed record CurveTrial(PublishedFigure Figure, int Seed, int Points, int Episodes, int FinalEpisodes)
{
    private const string Header = "steps,mean_return";

    /// <summary>Name of its file.</summary>
    public string FileName => string.Create(CultureInfo.InvariantCulture, $"{Figure.OwnName}.{Figure.Environment}.{Seed:D2}.csv");

    /// <summary>The points of a finished trial; <see langword="null"/> if there is none with these settings.</summary>
    public IReadOnlyList<(long Steps, double Return)>? Load(string folder, string settings)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) return null;
        var lines = File.ReadAllLines(path);
        if (lines.Length < 3 || lines[0] != Description(settings) || lines[1] != Header) return null;
        var points = lines.Skip(2).Select(line => line.Split(',')).Where(cells => cells.Length == 2)
            .Select(cells => (long.Parse(cells[0], CultureInfo.InvariantCulture), double.Parse(cells[1], CultureInfo.InvariantCulture))).ToList();
        return points.Count == Points ? points : null;
    }

    /// <summary>Trains and writes the file, whole or not at all.</summary>
    public IReadOnlyList<(long Steps, double Return)> Run(string folder, string settings, Action<double> tell, CancellationToken cancellation)
    {
        var entry = AlgorithmCatalog.Find(Figure.OwnName);
        var environment = EnvironmentCatalog.Find(Figure.Environment);
        var seeds = SeedTree.Root(Seed);
        var learner = entry.Create(Bind(entry, settings), environment.Create, seeds, Device.Managed);
        var points = new List<(long Steps, double Return)>();
        for (var point = 1; point <= Points; point++)
        {
            while (learner.Steps < Figure.Steps * point / Points)
            {
                cancellation.ThrowIfCancellationRequested();
                learner.Iterate();
                tell(Math.Min(1, (double)learner.Steps / Figure.Steps));
            }
            // The same episodes at each look, and none of a training's own: a curve moves because the policy does.
            var returns = PolicyEvaluation.Run(learner.Policy, environment.Create, point == Points ? FinalEpisodes : Episodes, seeds.Evaluation, cancellation: cancellation);
            points.Add((learner.Steps, returns.Mean));
        }
        var path = Path.Combine(folder, FileName);
        File.WriteAllLines(path + ".new", [Description(settings), Header, .. points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.Steps},{point.Return:R}"))]);
        File.Move(path + ".new", path, overwrite: true);
        return points;
    }

    /// <summary>The settings record: the catalogue's for the environment, the given ones, and the budget.</summary>
    public object Bind(AlgorithmEntry entry, string settings) => SettingsBinder.Bind(
        entry.Settings, entry.DefaultsFor(Figure.Environment),
        SettingSource.FromAssignments(settings.Split(' ', StringSplitOptions.RemoveEmptyEntries)),
        SettingSource.FromCode([new("steps", Figure.Steps.ToString(CultureInfo.InvariantCulture))], "the budget"));

    /// <summary>All that its numbers depend on, beside the library.</summary>
    private string Description(string settings)
    {
        var entry = AlgorithmCatalog.Find(Figure.OwnName);
        var all = string.Join(' ', SettingsText.Flatten(entry.Settings, Bind(entry, settings)).Select(pair => $"{pair.Key}={pair.Value}"));
        return string.Create(CultureInfo.InvariantCulture, $"# episodes {Episodes} and {FinalEpisodes}; {all}");
    }
}
