using System.Globalization;
using System.Text;
using Pilotage.Environments;
using Pilotage.Environments.Mujoco;
using Pilotage.Environments.PointMass;
using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;
using Pilotage.Evaluation.Statistics;
using Pilotage.Policies;

namespace Pilotage.Systems.Control.Stac;

/// <summary>Answers for a user's environment: which beta to take, whether it beats the rule of thumb, and how far to trust the critic.</summary>
internal static class StacApplication
{
    private const string CurveFile = "curves.csv", SweepFile = "beta-sweep.csv";
    private static readonly string[] Columns = ["policy", "return", "against the rule of thumb (95 %)", "value error", "verdict"];

    /// <summary>Trains, judges and writes the files.</summary>
    /// <exception cref="UserMistakeException">There is no such environment, it has no real actions, or settings contradict each other.</exception>
    public static ApplyReport Run(ApplyRequest request, IProgress<(double Share, string Text)>? progress, CancellationToken cancellation)
    {
        var config = (StacConfig)request.Settings;
        UserMistakeException.ThrowIfAny([.. config.Problems()]);
        var environment = Find(request.Inputs);
        var seeds = SeedTree.Root(request.Seed);
        var candidates = new StacSweep(environment, config, seeds, request.Device).Run(progress, cancellation);
        progress?.Report((0.96, "judging on unseen episodes"));
        var judged = candidates.ToDictionary(candidate => candidate, candidate => candidate.Policies.Select(policy => Returns(policy, environment, config, seeds, cancellation)).ToArray());
        var rule = judged[candidates[0]][0];
        var chosen = candidates.Where(candidate => candidate.Beta is not null).MaxBy(candidate => candidate.Validation.Average())!;
        List<string> files = [CurveFile, SweepFile, $"{PolicyFile.FolderInRun}/{PolicyFile.DescriptionName}", $"{PolicyFile.FolderInRun}/{PolicyFile.WeightsName}"];
        PolicyFile.Save(chosen.Policies[chosen.BestSeed], environment.Spec, Path.Combine(request.OutputFolder, PolicyFile.FolderInRun), new("stac", null, request.Seed, config.Steps));
        File.WriteAllText(Path.Combine(request.OutputFolder, CurveFile), Curves(candidates));
        var rows = candidates.OrderByDescending(candidate => candidate == chosen).ThenByDescending(candidate => candidate.Validation.Average()).Select(candidate => Row(candidate, judged[candidate], rule, candidate == candidates[0])).ToList();
        File.WriteAllText(Path.Combine(request.OutputFolder, SweepFile), Sweep(candidates, judged));
        return new(Headline(chosen, rows[0], environment), Columns, rows, Notes(config, environment, chosen, candidates), files) { Plots = Plots(environment, candidates, chosen) };
    }

    private static EnvironmentEntry Find(IReadOnlyList<string> inputs)
    {
        if (inputs.Count != 1) throw new UserMistakeException(new Mistake("PIL0420", $"stac learns one environment at a time; {inputs.Count} were given.", "", "Give one: --input Pendulum-v1.").ToString());
        IReadOnlyList<EnvironmentEntry> all = [.. EnvironmentCatalog.All, .. PointMassCatalog.All, .. MujocoCatalog.All(() => StudyTasks.Models(null) ?? throw Missing())];
        var found = EnvironmentCatalog.Find(inputs[0], all);
        Stac.RequireBox(found.Spec);
        return found;
    }

    private static UserMistakeException Missing() => new(new Mistake("PIL1005", "The MuJoCo models are not on this machine.", "", "Get them with: pilotage data get mjcf.").ToString());

    // The same episodes for every policy, so that differences are paired.
    private static double[] Returns(IPolicy policy, EnvironmentEntry environment, StacConfig config, SeedTree seeds, CancellationToken cancellation) =>
        [.. PolicyEvaluation.Run(policy, environment.Create, config.Apply.Episodes, seeds.Evaluation, cancellation: cancellation).Returns];

    private static IReadOnlyList<string> Row(StacCandidate candidate, double[][] returns, double[] rule, bool isRule)
    {
        var error = double.IsNaN(candidate.FinalError) ? "–" : Number(candidate.FinalError);
        var mean = Number(returns.Average(own => Sample.Mean(own)));
        if (isRule) return [candidate.Name, mean, "", error, "rule of thumb"];
        // Units are training seeds where there are several, episodes of the one policy otherwise.
        double[] units = returns.Length == 1 ? [.. returns[0].Zip(rule, (a, b) => a - b)] : [.. returns.Select(own => Sample.Mean([.. own.Zip(rule, (a, b) => a - b)]))];
        var bounds = Inference.ToDescribe(units, Inference.DefaultSeeds).Bounds(0.025);
        var verdict = bounds.Low > 0 ? "better" : bounds.High < 0 ? "worse" : "not decided";
        return [candidate.Name, mean, $"{Number(Sample.Mean(units))} [{Number(bounds.Low)}, {Number(bounds.High)}]", error, verdict];
    }

    private static string Headline(StacCandidate chosen, IReadOnlyList<string> row, EnvironmentEntry environment) => row[^1] switch
    {
        "better" => $"Run {chosen.Name}: it earns {row[1]} an episode on {environment.Name}, {row[2]} more than the rule of thumb, on episodes that nothing had seen.",
        "worse" => $"Keep the rule of thumb: {chosen.Name} is the best of the sweep, and earns {row[1]} an episode on {environment.Name}, {row[2]} against the rule.",
        _ => $"Not decided: {chosen.Name} is the best of the sweep and earns {row[1]} an episode on {environment.Name}, {row[2]} against the rule of thumb. More steps or seeds would decide.",
    };

    private static List<string> Notes(StacConfig config, EnvironmentEntry environment, StacCandidate chosen, IReadOnlyList<StacCandidate> candidates)
    {
        List<string> notes =
        [
            FormattableString.Invariant($"Each beta was trained on {config.Apply.Seeds} seed(s) for {config.Steps} steps. Validation episodes chose beta and seed; the table's {config.Apply.Episodes} episodes are others."),
            config.Apply.Seeds == 1 ? "Intervals are over episodes of one training: another training may differ by more." : FormattableString.Invariant($"Intervals are over {config.Apply.Seeds} training seeds, on the same episodes as the rule of thumb: {environment.Heuristic}."),
            "The value error is the critic's mean less the discounted soft return that followed, over the last quarter of the training: above 0 it overestimates. Where episodes end by the clock it is measured but for a part." + (config.RewardScale == 1 ? "" : FormattableString.Invariant($" It is in scaled rewards (rewardScale = {config.RewardScale}).")),
            $"The policy of {chosen.Name} is kept; look at it with: pilotage evaluate, and this run's folder.",
        ];
        foreach (var candidate in candidates.Where(candidate => candidate.Surprised > 0))
            notes.Add(FormattableString.Invariant($"Warning: with {candidate.Name} targets lay more than {Stac.GreatestSurprise} of the critic's deviations from its mean, on average, in {candidate.Surprised} iteration(s) of 256 updates. The likelihood explodes there: lower rewardScale."));
        return notes;
    }

    private static IReadOnlyList<Plot> Plots(EnvironmentEntry environment, IReadOnlyList<StacCandidate> candidates, StacCandidate chosen)
    {
        var trained = candidates.Where(candidate => candidate.Beta is not null).ToList();
        LineSeries Line(StacCandidate candidate, Func<(long Steps, double Return, double Error), double> value) => new(
            candidate.Name, [.. candidate.Curves[0].Select(point => (double)point.Steps)], [.. candidate.Curves[0].Select((_, i) => candidate.Curves.Average(curve => value(curve[i])))]);
        return
        [
            new LinePlot("return", $"{environment.Name}: return along the training", new("environment steps"), new("return"), [.. trained.Select(candidate => Line(candidate, point => point.Return))])
            {
                Levels = [(candidates[0].Name, candidates[0].Validation[0])],
                Note = $"Greedy policy on validation episodes, means over seeds. {chosen.Name} was chosen.",
            },
            new LinePlot("value-error", $"{environment.Name}: how far the critic is from the truth", new("environment steps"), new("value error", "rewards"), [.. trained.Select(candidate => Line(candidate, point => point.Error))])
            {
                Levels = [("truth", 0)],
                Note = "Above 0 it overestimates. Means over seeds.",
            },
        ];
    }

    private static string Curves(IReadOnlyList<StacCandidate> candidates)
    {
        var text = new StringBuilder("beta,seed,steps,return,value_error\n");
        foreach (var candidate in candidates)
            for (var seed = 0; seed < candidate.Curves.Count; seed++)
                foreach (var (steps, gain, error) in candidate.Curves[seed]) text.Append(CultureInfo.InvariantCulture, $"{candidate.Beta},{seed},{steps},{gain:R},{error:R}\n");
        return text.ToString();
    }

    private static string Sweep(IReadOnlyList<StacCandidate> candidates, Dictionary<StacCandidate, double[][]> judged)
    {
        var text = new StringBuilder("beta,seed,validation_return,return,value_error\n");
        foreach (var candidate in candidates.Where(candidate => candidate.Beta is not null))
            for (var seed = 0; seed < candidate.Policies.Count; seed++)
                text.Append(CultureInfo.InvariantCulture, $"{candidate.Beta},{seed},{candidate.Validation[seed]:R},{Sample.Mean(judged[candidate][seed]):R},{candidate.Curves[seed][^1].Error:R}\n");
        return text.ToString();
    }

    private static string Number(double value) => value.ToString(Math.Abs(value) >= 100 ? "0.0" : "0.00", CultureInfo.InvariantCulture);
}
