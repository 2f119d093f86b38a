using System.Globalization;
using System.Text;
using Pilotage.Algorithms;
using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;
using Pilotage.Policies;

namespace Pilotage.Systems.Language.R2vpo;

/// <summary>Trains the bound beside PPO's clip on a user's environments: which learns more, and what the multiplier does.</summary>
internal static class R2vpoControlApplication
{
    private const string Bounded = "R2VPO", Clipped = "PPO", Heuristic = "heuristic";
    private const int Episodes = 100;
    private static readonly string[] Columns = ["environment", "policy", "return", "against PPO (95 %)", "E(r-1)^2", "verdict"];

    /// <summary>Trains, compares and writes the files.</summary>
    /// <param name="request">Names of environments, settings, seed and folder.</param>
    /// <param name="progress">Told what is being done.</param>
    /// <param name="cancellation">Stops between two iterations.</param>
    /// <exception cref="UserMistakeException">Input or settings cannot be used.</exception>
    public static ApplyReport Run(ApplyRequest request, IProgress<(double Share, string Text)>? progress, CancellationToken cancellation)
    {
        var config = (R2vpoConfig)request.Settings;
        UserMistakeException.ThrowIfAny([.. config.Problems(), .. config.Control.Problems()]);
        var tasks = EnvironmentNames.Read(request.Inputs, config.Control);
        var (rows, notes, files, plots, headlines) = (new List<IReadOnlyList<string>>(), new List<string>(), new List<string>(), new List<Plot>(), new List<string>());
        var (done, all) = (0.0, 2.0 * tasks.Count * config.ApplySeeds);
        foreach (var task in tasks)
        {
            var (results, seeds) = (new StudyResults(), SeedTree.Root(request.Seed).Branch(task.Name));
            var heuristic = PolicyEvaluation.Run(task.Entry.CreateHeuristic(), task.Entry.Create, Episodes, seeds.Evaluation, cancellation: cancellation).Mean;
            var histories = new Dictionary<string, List<ControlRun>> { [Bounded] = [], [Clipped] = [] };
            for (var seed = 0; seed < config.ApplySeeds; seed++)
                foreach (var name in new[] { Bounded, Clipped })
                {
                    progress?.Report((done++ / all, $"{name} on {task.Name}, seed {seed + 1} of {config.ApplySeeds}"));
                    var own = seeds.Branch(seed);
                    var rowsOf = task.Entry.Create(task.Learner.EnvironmentCount, own.Environments);
                    var run = ControlRun.Train(name == Bounded ? new R2vpoControl(task.Learner, rowsOf, own, request.Device) : new Ppo(task.Ppo(config.ClipRadius), rowsOf, own, request.Device), task, seeds, cancellation);
                    histories[name].Add(run);
                    results.Add(name, seed, [new("return", task.Name, run.Return)]);
                }
            var effect = PairedEffect.Of(results, Bounded, Clipped, "return", new EffectRule { Unit = Replication.Seed });
            var verdict = !double.IsFinite(effect.Low) ? "too few seeds" : effect.Low > 0 ? "better" : effect.High < 0 ? "worse" : "not decided";
            rows.Add([task.Name, Bounded, Mean(histories[Bounded]), Difference(effect), histories[Bounded].Average(run => run.Variances.Average()).ToString("0.0000", CultureInfo.InvariantCulture), verdict]);
            rows.Add([task.Name, Clipped, Mean(histories[Clipped]), "", "", "compared with"]);
            rows.Add([task.Name, Heuristic, Number(heuristic), "", "", "rule of thumb"]);
            headlines.Add(Headline(task, verdict, histories, effect));
            notes.AddRange(Notes(task, histories[Bounded]));
            files.AddRange(Write(request.OutputFolder, task, histories));
            plots.AddRange(Plots(task, histories));
        }
        notes.Add(FormattableString.Invariant($"Last policies after {config.Control.Steps} steps, {config.ApplySeeds} training seeds, greedy, {Episodes} evaluation episodes each. Intervals are over seeds, paired."));
        return new(string.Join(" ", headlines), Columns, rows, notes, files) { Plots = plots };
    }

    private static string Headline(ControlTask task, string verdict, Dictionary<string, List<ControlRun>> histories, Effect effect)
    {
        var (bounded, clipped) = (Mean(histories[Bounded]), Mean(histories[Clipped]));
        return verdict switch
        {
            "better" => $"{task.Name}: use R2VPO; it returns {bounded} against PPO's {clipped} ({Difference(effect)}).",
            "worse" => $"{task.Name}: keep PPO; R2VPO returns {bounded} against its {clipped} ({Difference(effect)}).",
            "not decided" => $"{task.Name}: R2VPO returns {bounded}, PPO {clipped}; the difference ({Difference(effect)}) is not decided by so many seeds.",
            _ => $"{task.Name}: R2VPO returns {bounded}, PPO {clipped}; so few seeds decide nothing. Set applySeeds to 6 or more.",
        };
    }

    private static IEnumerable<string> Notes(ControlTask task, List<ControlRun> runs)
    {
        var constraint = task.Learner.Constraint;
        if (constraint is { InitialMultiplier: 0, MultiplierRate: 0 })
            yield return $"{task.Name}: the multiplier is 0 and stays there: importance weighting without any bound. Set constraint.multiplierRate above 0.";
        if (runs.Any(run => run.Multipliers[^1] >= 0.99 * constraint.MaximumMultiplier))
            yield return FormattableString.Invariant($"{task.Name}: the multiplier ended within a hundredth of its maximum of {constraint.MaximumMultiplier}: the bound cannot be held at this learning rate. Lower learningRate, or raise constraint.bound.");
    }

    private static string Mean(List<ControlRun> runs) => Number(runs.Average(run => run.Return));

    private static string Difference(Effect effect) => double.IsFinite(effect.Low)
        ? FormattableString.Invariant($"{effect.Estimate:+0.0;-0.0} [{effect.Low:+0.0;-0.0}, {effect.High:+0.0;-0.0}]")
        : FormattableString.Invariant($"{effect.Estimate:+0.0;-0.0}");

    private static string Number(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);

    private static IEnumerable<Plot> Plots(ControlTask task, Dictionary<string, List<ControlRun>> histories)
    {
        double[] steps = [.. histories[Bounded][0].Steps.Select(step => (double)step)];
        LineSeries Line(string name, Func<ControlRun, IReadOnlyList<double>> values) => new(name, steps, [.. steps.Select((_, i) => histories[name].Average(run => values(run)[i]))])
        {
            Low = [.. steps.Select((_, i) => histories[name].Min(run => values(run)[i]))],
            High = [.. steps.Select((_, i) => histories[name].Max(run => values(run)[i]))],
        };
        LineSeries bound = new("bound", steps, [.. steps.Select(_ => task.Learner.Constraint.Bound)]) { IsReference = true };
        yield return new LinePlot($"returns-{task.Slug}", $"Returns while learning {task.Name}", new("environment steps"), new("return", task.Entry.Spec.RewardUnit), [Line(Bounded, run => run.Returns), Line(Clipped, run => run.Returns)])
        { Note = "Mean of the last hundred training episodes; means over seeds, bands from the lowest to the highest." };
        yield return new TimelinePlot($"bound-{task.Slug}", $"Does the bound hold on {task.Name}?", new("environment steps"),
            [new(new("E(r-1)^2"), [Line(Bounded, run => run.Variances), bound]), new(new("multiplier"), [Line(Bounded, run => run.Multipliers)])])
        { Note = "Means over the minibatches of each iteration. Dashed: the bound." };
    }

    // The policy of the first seed, ready to act, and every iteration of every seed.
    private static IEnumerable<string> Write(string folder, ControlTask task, Dictionary<string, List<ControlRun>> histories)
    {
        var table = new StringBuilder("learner,seed,steps,return,ratio_variance,multiplier\n");
        foreach (var (name, runs) in histories)
        {
            for (var seed = 0; seed < runs.Count; seed++)
                for (var i = 0; i < runs[seed].Steps.Count; i++)
                    table.Append(CultureInfo.InvariantCulture, $"{name},{seed},{runs[seed].Steps[i]},{runs[seed].Returns[i]:0.###},{runs[seed].Variances[i]:0.######},{runs[seed].Multipliers[i]:0.#####}\n");
            var policy = $"{task.Name}-{name.ToLowerInvariant()}";
            PolicyFile.Save(runs[0].Policy, task.Entry.Create(1, SeedTree.Root(0)).Spec, Path.Combine(folder, policy));
            yield return Path.Combine(policy, PolicyFile.DescriptionName);
            yield return Path.Combine(policy, PolicyFile.WeightsName);
        }
        File.WriteAllText(Path.Combine(folder, $"{task.Name}.csv"), table.ToString());
        yield return $"{task.Name}.csv";
    }
}
