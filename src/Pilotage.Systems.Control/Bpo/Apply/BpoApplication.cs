using System.Globalization;
using System.Text;
using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;
using Pilotage.Policies;

namespace Pilotage.Systems.Control.Bpo;

/// <summary>Trains BPO beside PPO on a user's environments: which learns more, and what each does to the probabilities.</summary>
internal static class BpoApplication
{
    private const string Bounded = "BPO", Clipped = "PPO", Heuristic = "heuristic";
    private const int Episodes = 100;
    private static readonly string[] Columns = ["environment", "policy", "return", "against PPO (95 %)", "|ratio - 1| p99", "outside band", "verdict"];

    /// <summary>Trains, compares and writes the files.</summary>
    /// <exception cref="UserMistakeException">Input or settings cannot be used.</exception>
    public static ApplyReport Run(ApplyRequest request, IProgress<(double Share, string Text)>? progress, CancellationToken cancellation)
    {
        var config = (BpoSystemConfig)request.Settings;
        UserMistakeException.ThrowIfAny([.. config.Problems(), .. config.Learner.Problems()]);
        var tasks = EnvironmentList.Read(request.Inputs, config);
        var (rows, notes, files, plots, headlines) = (new List<IReadOnlyList<string>>(), new List<string>(), new List<string>(), new List<Plot>(), new List<string>());
        var (done, all) = (0.0, 2.0 * tasks.Count * config.ApplySeeds);
        foreach (var task in tasks)
        {
            var results = new StudyResults();
            var seeds = SeedTree.Root(request.Seed).Branch(task.Name);
            var heuristic = PolicyEvaluation.Run(task.Entry.CreateHeuristic(), task.Entry.Create, Episodes, seeds.Evaluation, cancellation: cancellation).Mean;
            var histories = new Dictionary<string, List<TrainedRun>> { [Bounded] = [], [Clipped] = [] };
            for (var seed = 0; seed < config.ApplySeeds; seed++)
                foreach (var name in new[] { Bounded, Clipped })
                {
                    progress?.Report((done++ / all, $"{name} on {task.Name}, seed {seed + 1} of {config.ApplySeeds}"));
                    var run = TrainedRun.Train(task, name == Bounded, config, seeds, seed, request.Device, cancellation);
                    histories[name].Add(run);
                    results.Add(name, seed, [new("return", task.Name, run.Return)]);
                }
            var effect = PairedEffect.Of(results, Bounded, Clipped, "return", new EffectRule { Unit = Replication.Seed });
            var verdict = Verdict(effect);
            rows.Add(Row(task, Bounded, histories[Bounded], Difference(effect), verdict));
            rows.Add(Row(task, Clipped, histories[Clipped], "", "compared with"));
            rows.Add([task.Name, Heuristic, Number(heuristic), "", "", "", "rule of thumb"]);
            headlines.Add(Headline(task, verdict, histories, effect));
            notes.Add(FormattableString.Invariant($"{task.Name}: mean |A| in BPO's last update {histories[Bounded].Average(run => run.AdvantageScale):0.###} in the unit of its rewards, temperature {config.Learner.Temperature}: ")
                + (histories[Bounded].Average(run => run.AdvantageScale) < 10 * config.Learner.Temperature ? "the temperature is not small beside it, so targets stay near 1; lower it or scale rewards." : "targets are at the ends of the band."));
            notes.Add(FormattableString.Invariant($"{task.Name}: the critic explains {histories[Bounded].Average(run => run.ExplainedVariance):P0} of the returns' variance under BPO, {histories[Clipped].Average(run => run.ExplainedVariance):P0} under PPO. Advantages from a bad critic weigh what it gets wrong."));
            files.AddRange(Write(request.OutputFolder, task, histories));
            plots.AddRange(ApplyPlots.Of(task, config.Learner, histories[Bounded], histories[Clipped]));
        }
        notes.Add(FormattableString.Invariant($"Last policies after {config.Learner.Steps} steps, {config.ApplySeeds} training seeds, greedy, {Episodes} evaluation episodes each. Intervals are over seeds, paired."));
        return new(string.Join(" ", headlines), Columns, rows, notes, files) { Plots = plots };
    }

    private static string Verdict(Effect effect) => !double.IsFinite(effect.Low) ? "too few seeds" : effect.Low > 0 ? "better" : effect.High < 0 ? "worse" : "not decided";

    private static string Headline(ControlTask task, string verdict, Dictionary<string, List<TrainedRun>> histories, Effect effect)
    {
        var (bounded, clipped) = (Number(histories[Bounded].Average(run => run.Return)), Number(histories[Clipped].Average(run => run.Return)));
        return verdict switch
        {
            "better" => $"{task.Name}: use BPO; it returns {bounded} against PPO's {clipped} ({Difference(effect)}).",
            "worse" => $"{task.Name}: keep PPO; BPO returns {bounded} against its {clipped} ({Difference(effect)}).",
            "not decided" => $"{task.Name}: BPO returns {bounded}, PPO {clipped}; the difference ({Difference(effect)}) is not decided by so many seeds.",
            _ => $"{task.Name}: BPO returns {bounded}, PPO {clipped}; so few seeds decide nothing. Set applySeeds to 6 or more.",
        };
    }

    private static IReadOnlyList<string> Row(ControlTask task, string name, List<TrainedRun> runs, string difference, string verdict) =>
    [
        task.Name, name, Number(runs.Average(run => run.Return)), difference,
        runs.Average(run => run.Spreads.Average(spread => spread.Spread)).ToString("0.000", CultureInfo.InvariantCulture),
        runs.Average(run => run.Spreads.Average(spread => spread.OutsideShare)).ToString("0.0 %", CultureInfo.InvariantCulture), verdict,
    ];

    private static string Difference(Effect effect) => double.IsFinite(effect.Low)
        ? FormattableString.Invariant($"{effect.Estimate:+0.0;-0.0} [{effect.Low:+0.0;-0.0}, {effect.High:+0.0;-0.0}]")
        : FormattableString.Invariant($"{effect.Estimate:+0.0;-0.0}");

    private static string Number(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);

    // The policy of the first seed, ready to act, and every iteration of every seed.
    private static IEnumerable<string> Write(string folder, ControlTask task, Dictionary<string, List<TrainedRun>> histories)
    {
        var table = new StringBuilder("learner,seed,steps,return,ratio_p01,ratio_p99,spread_p99,outside_share\n");
        foreach (var (name, runs) in histories)
        {
            for (var seed = 0; seed < runs.Count; seed++)
                for (var i = 0; i < runs[seed].Steps.Count; i++)
                {
                    var (run, spread) = (runs[seed], runs[seed].Spreads[i]);
                    table.Append(CultureInfo.InvariantCulture, $"{name},{seed},{run.Steps[i]},{run.Returns[i]:0.###},{spread.Low:0.#####},{spread.High:0.#####},{spread.Spread:0.#####},{spread.OutsideShare:0.#####}\n");
                }
            var policy = $"{task.Name}-{name.ToLowerInvariant()}";
            PolicyFile.Save(runs[0].Policy, task.Entry.Create(1, SeedTree.Root(0)).Spec, Path.Combine(folder, policy));
            yield return Path.Combine(policy, PolicyFile.DescriptionName);
            yield return Path.Combine(policy, PolicyFile.WeightsName);
        }
        File.WriteAllText(Path.Combine(folder, $"{task.Name}.csv"), table.ToString());
        yield return $"{task.Name}.csv";
    }
}
