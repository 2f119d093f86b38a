using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.InteropServices;
using Pilotage;
using Pilotage.Algorithms;
using Pilotage.Curves;

// Usage: Pilotage.Curves OUT runs FOLDER ...            curves of trainings that ended, beside published-mujoco.csv
// Usage: Pilotage.Curves OUT [--seeds N] [--parallel N] [--points N] [--episodes N] [--final-episodes N] [--steps-share S] [ALGORITHM or ENVIRONMENT ...]
var options = new Dictionary<string, double> { ["--seeds"] = 10, ["--parallel"] = 2, ["--points"] = 20, ["--episodes"] = 20, ["--final-episodes"] = 100, ["--steps-share"] = 1 };
var words = new List<string>();
for (var i = 0; i < args.Length; i++)
{
    if (!args[i].StartsWith("--", StringComparison.Ordinal)) words.Add(args[i]);
    else if (options.ContainsKey(args[i]) && i + 1 < args.Length && double.TryParse(args[i + 1], CultureInfo.InvariantCulture, out var value) && value > 0) options[args[i++]] = value;
    else return Refuse($"{args[i]} is no option, or has no number above 0.");
}
if (words.Count == 0) return Refuse("The folder for results is missing.");

var here = AppContext.BaseDirectory;
if (words is [var to, "runs", .. var folders])
{
    try
    {
        Write(to, RunCurves.Read(folders, PublishedFigure.Read(Path.Combine(here, "published-mujoco.csv"))),
            "Mean return of the last 100 episodes while learning over environment steps, at the end of the greedy policy: median and quartiles over seeds. Dashed: the published mean at as many steps.");
        return 0;
    }
    catch (UserMistakeException mistake)
    {
        return Refuse(mistake.Message);
    }
}
var known = AlgorithmCatalog.All.Select(entry => entry.Name).ToHashSet();
var figures = PublishedFigure.Read(Path.Combine(here, "published.csv")).Select(figure => figure with { Steps = (long)(figure.Steps * options["--steps-share"]) }).ToList();
foreach (var word in words.Skip(1).Where(word => !figures.Any(figure => figure.OwnName == word || figure.Environment == word))) return Refuse($"{word} is neither an algorithm nor a task of published.csv.");
foreach (var missing in figures.Select(figure => figure.OwnName).Distinct().Where(name => !known.Contains(name))) Console.Error.WriteLine($"Left out: {missing} is not in the catalogue.");
var chosen = figures.Where(figure => known.Contains(figure.OwnName) && Wanted(figure.OwnName, f => f.OwnName) && Wanted(figure.Environment, f => f.Environment)).ToList();
var given = File.ReadLines(Path.Combine(here, "settings.txt")).Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split(' ', 3)).ToDictionary(parts => (parts[0], parts[1]), parts => parts[2]);
string SettingsOf(PublishedFigure figure) => given.GetValueOrDefault((figure.OwnName, figure.Environment), "");

var trials = chosen.SelectMany(figure => Enumerable.Range(0, (int)options["--seeds"]), (figure, seed) =>
    new CurveTrial(figure, seed, (int)options["--points"], (int)options["--episodes"], (int)options["--final-episodes"])).ToList();
try
{
    foreach (var trial in trials.DistinctBy(trial => trial.Figure)) trial.Bind(AlgorithmCatalog.Find(trial.Figure.OwnName), SettingsOf(trial.Figure));     // all mistakes before hours of work
}
catch (UserMistakeException mistake)
{
    return Refuse(mistake.Message);
}
var folder = Path.Combine(words[0], "trials");
Directory.CreateDirectory(folder);

using var interruption = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
var (open, failures, done) = (new ConcurrentQueue<CurveTrial>(trials), new ConcurrentQueue<string>(), 0);
var start = TimeProvider.System.GetTimestamp();
var workers = Enumerable.Range(0, (int)options["--parallel"]).Select(_ => Task.Factory.StartNew(Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
Task.WaitAll(workers);
if (interruption.IsCancellationRequested)
{
    Console.Error.WriteLine("Interrupted; finished trials are kept. The same command goes on.");
    return 130;
}

// What is whole is summed up, also where another trial failed.
var summaries = trials.GroupBy(trial => trial.Figure).Select(group => (group.Key, Loaded: group.Select(trial => trial.Load(folder, SettingsOf(group.Key))).ToList()))
    .Where(group => group.Loaded.All(points => points is not null)).Select(group => new CurveSummary(group.Key, [.. group.Loaded.Select(points => points!)])).ToList();
if (summaries.Count > 0)
    Write(words[0], summaries, "Mean return over environment steps: median and quartiles over seeds, greedy policy. Dashed: the mean that rl-baselines3-zoo reports for its one agent.");
foreach (var failure in failures) Console.Error.WriteLine(failure);
return failures.IsEmpty ? 0 : 1;

static void Write(string folder, IReadOnlyList<CurveSummary> summaries, string caption)
{
    Directory.CreateDirectory(folder);
    File.WriteAllText(Path.Combine(folder, "curves.csv"), CurveSummary.Csv(summaries));
    File.WriteAllText(Path.Combine(folder, "table.md"), CurveSummary.Table(summaries));
    File.WriteAllText(Path.Combine(folder, "curves.svg"), CurveChart.Svg(summaries, caption));
    Console.WriteLine(CurveSummary.Table(summaries));
}

void Work()
{
    while (!interruption.IsCancellationRequested && open.TryDequeue(out var trial))
    {
        var settings = SettingsOf(trial.Figure);
        if (trial.Load(folder, settings) is not null)
        {
            Interlocked.Increment(ref done);
            continue;
        }
        try
        {
            var began = TimeProvider.System.GetTimestamp();
            var points = trial.Run(folder, settings, static _ => { }, interruption.Token);
            Console.Error.WriteLine(FormattableString.Invariant(
                $"{Interlocked.Increment(ref done)}/{trials.Count} after {TimeProvider.System.GetElapsedTime(start).TotalMinutes:0.0} min: {trial.FileName} {points[^1].Return:0.0} in {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0} s"));
        }
        catch (OperationCanceledException)
        {
            return;
        }
#pragma warning disable CA1031 // One trial that fails must not take a night's others with it; it is told at the end and the exit code is 1.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            failures.Enqueue($"{trial.FileName} failed: {failure.Message}");
        }
    }
}

bool Wanted(string name, Func<PublishedFigure, string> of)
{
    var asked = words.Skip(1).Where(word => figures.Any(figure => of(figure) == word)).ToList();
    return asked.Count == 0 || asked.Contains(name);
}

void Stop(PosixSignalContext context)
{
    context.Cancel = !interruption.IsCancellationRequested;
    interruption.Cancel();
}

static int Refuse(string problem)
{
    Console.Error.WriteLine($"{problem}\nUsage: dotnet run -c Release --project bench/Pilotage.Curves -- OUT [--seeds N] [--parallel N] [--points N] [--episodes N] [--final-episodes N] [--steps-share S] [ALGORITHM or ENVIRONMENT ...] | OUT runs FOLDER ...");
    return 2;
}
