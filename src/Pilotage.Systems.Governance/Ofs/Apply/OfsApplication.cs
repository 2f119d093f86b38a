using System.Globalization;
using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;

namespace Pilotage.Systems.Governance.Ofs;

/// <summary>Answers for a user's own people: which threshold to use, what it earns against the one in use, and what finding it costs.</summary>
internal sealed class OfsApplication(Applicants people, string note, OfsConfig config, ApplyRequest request, IProgress<(double Share, string Text)>? progress, CancellationToken cancellation)
{
    private const string Today = "in use";
    private static readonly string[] Columns = ["rule", "feasible reward", "reward, last fifth", "against the threshold in use (95 %)", "violation, summed", "feasible rounds", "verdict"];
    private readonly ThresholdGrid _grid = new(people, config);

    /// <summary>Reads the people and answers.</summary>
    /// <exception cref="UserMistakeException">Input or settings cannot be used; holds all problems.</exception>
    public static ApplyReport Run(ApplyRequest request, IProgress<(double Share, string Text)>? progress, CancellationToken cancellation)
    {
        var config = (OfsConfig)request.Settings;
        var problems = new List<string>(config.Problems());
        (Applicants Applicants, string Note)? read = null;
        if (request.Inputs.Count != 1) problems.Add($"{request.Inputs.Count} input files were given; ofs takes one CSV file with the columns score,outcome,group.");
        else
        {
            try
            {
                read = PeopleFile.Read(request.Inputs[0], SeedTree.Root(request.Seed).Branch("halves"));
            }
            catch (UserMistakeException mistake)
            {
                problems.AddRange(mistake.Problems);
            }
        }
        UserMistakeException.ThrowIfAny(problems);
        return new OfsApplication(read!.Value.Applicants, read.Value.Note, config, request, progress, cancellation).Run();
    }

    private ApplyReport Run()
    {
        var (today, oracle) = (_grid.Nearest(config.ThresholdToday), _grid.Oracle);
        var results = new StudyResults();
        var lives = new Dictionary<string, List<(Lifetime Life, IThresholdRule Rule)>>();
        Add(Today, _ => new FixedThreshold(today));
        foreach (var kind in RuleKind.All(config).Where(kind => kind.Name is not RuleKind.Random))
        {
            progress?.Report((0.9 * lives.Count / 8, $"living with {kind.Name}"));
            var value = kind.Tuned(_grid, config, SeedTree.Root(request.Seed).Validation, cancellation);
            Add(kind.Name, _ => kind.Make(config, value));
        }
        Add(StudyArms.Oracle, _ => new FixedThreshold(oracle));

        var (search, rule) = lives[RuleKind.Search][0];
        var chosen = Enumerable.Range(0, _grid.Thresholds.Length).MaxBy(k => search.Choices.Skip(search.Choices.Length * 4 / 5).Count(choice => choice == k));
        var log = Path.Combine(request.OutputFolder, "rounds.csv");
        WriteLog(log, search);
        return new(Headline(results, chosen, today), Columns, [.. lives.Keys.OrderBy(name => name == RuleKind.Search ? 0 : 1).Select(name => Row(name, results))],
            [
                note,
                FormattableString.Invariant($"Each rule lived {config.ApplyRuns} times through {config.Rounds} rounds of {config.BatchSize} people drawn from these; figures are by the people's own truth, which no rule sees."),
                FormattableString.Invariant($"The oracle knows that truth: threshold {_grid.Thresholds[oracle]:0.000}, share of A in the long run {_grid.SteadyShare(oracle):0.00}. Rules that earn more than it do so by missing a constraint."),
                .. _grid.IsFeasible ? Array.Empty<string>() : ["No threshold of the grid holds all constraints in the long run: the search ends at the one that misses least. Loosen parityGap or minimumAcceptance."],
                .. config.MinimumAcceptance == 0 ? ["Without a least acceptance rate, refusing everybody satisfies parity: set minimumAcceptance if somebody must be served."] : Array.Empty<string>(),
            ], [Path.GetFileName(log)])
        {
            Plots = [.. Bands((OptimisticFeasibleSearch)rule), Violations(lives)],
        };

        void Add(string name, Func<int, IThresholdRule> make)
        {
            var own = lives[name] = [];
            for (var run = 0; run < config.ApplyRuns; run++)
            {
                var made = make(run);
                own.Add((Lifetime.Live(_grid, config, made, SeedTree.Root(request.Seed).Evaluation.Branch(run), cancellation), made));
                results.Add(name, run, [.. StudyMetrics.Of(own[^1].Life, _grid)]);
            }
        }
    }

    private string Headline(StudyResults results, int chosen, int today)
    {
        var gain = PairedEffect.Of(results, RuleKind.Search, Today, StudyMetrics.FeasibleReward, new EffectRule { Unit = Replication.Seed });
        var (threshold, inUse) = (_grid.Thresholds[chosen], _grid.Thresholds[today]);
        var holds = _grid.Violation(today, _grid.SteadyShare(today)) == 0 ? "holds the constraints" : FormattableString.Invariant($"misses the constraints by {_grid.Violation(today, _grid.SteadyShare(today)):0.000} in the long run");
        return gain.Low > 0
            ? FormattableString.Invariant($"Use {threshold:0.000} in the place of {inUse:0.000}, which {holds}: counting only rounds that hold them, it earns {gain.Estimate:0.0000} [{gain.Low:0.0000}, {gain.High:0.0000}] more per applicant.")
            : FormattableString.Invariant($"Keep {inUse:0.000}, which {holds}: the search ended at {threshold:0.000}, and what it earns within the constraints differs by {gain.Estimate:0.0000} [{gain.Low:0.0000}, {gain.High:0.0000}] per applicant.");
    }

    private static IReadOnlyList<string> Row(string name, StudyResults results)
    {
        string Mean(string metric, string format) => results.SeedsOf(name).Average(run => results.Values(name, run, metric).Values.Single()).ToString(format, CultureInfo.InvariantCulture);
        var (difference, verdict) = ("", "in use");
        if (name != Today)
        {
            var effect = PairedEffect.Of(results, name, Today, StudyMetrics.FeasibleReward, new EffectRule { Unit = Replication.Seed });
            difference = FormattableString.Invariant($"{effect.Estimate:+0.0000;-0.0000} [{effect.Low:+0.0000;-0.0000}, {effect.High:+0.0000;-0.0000}]");
            verdict = effect.Low > 0 ? "better" : effect.High < 0 ? "worse" : "not decided";
        }
        return [name, Mean(StudyMetrics.FeasibleReward, "0.0000"), Mean(StudyMetrics.SteadyReward, "0.0000"), difference, Mean(StudyMetrics.Violation, "0.0"), Mean(StudyMetrics.SteadyFeasible, "0.0 %"), verdict];
    }

    private void WriteLog(string path, Lifetime life)
    {
        using var writer = new StreamWriter(path);
        writer.WriteLine("round,threshold,reward,applicants_a,applicants_b,accepted_a,accepted_b,share_of_a");
        for (var round = 0; round < life.Choices.Length; round++)
        {
            var batch = life.Batches[round];
            writer.WriteLine(FormattableString.Invariant($"{round + 1},{_grid.Thresholds[life.Choices[round]]:0.####},{batch.Reward:0.######},{batch.CountA},{batch.CountB},{batch.AcceptedA},{batch.AcceptedB},{life.Shares[round]:0.######}"));
        }
    }

    private IEnumerable<Plot> Bands(OptimisticFeasibleSearch search)
    {
        var (record, all) = (search.Record, Enumerable.Range(0, _grid.Thresholds.Length).ToList());
        LineSeries Band(string name, Func<int, double> mean, Func<int, double> radius) => new(name, _grid.Thresholds, [.. all.Select(mean)])
        {
            Low = [.. all.Select(k => mean(k) - radius(k))], High = [.. all.Select(k => mean(k) + radius(k))],
        };
        yield return new LinePlot("reward-band", "What the search knows of each threshold's reward", new("threshold"), new("reward", "per applicant"), [Band(RuleKind.Search, record.Reward, record.RewardRadius)])
        {
            Note = "Means and radii after the last round of the first life. Thresholds that it left early have wide bands.",
        };
        yield return new LinePlot("residual-band", "What the search knows of each threshold's constraints", new("threshold"), new("residual"),
            [.. Enumerable.Range(0, record.Residuals).Select(j => Band(FormattableString.Invariant($"residual {j + 1}"), k => record.Residual(k, j), k => record.ResidualRadius(k, j)))])
        {
            Levels = [("allowed", 0)], Note = "A threshold stays in the search while all its bands reach below 0.",
        };
    }

    private LinePlot Violations(Dictionary<string, List<(Lifetime Life, IThresholdRule Rule)>> lives)
    {
        var rounds = Enumerable.Range(1, 200).Select(i => (double)i * config.Rounds / 200).ToList();
        return new("violations", "Violation while learning, first life", new("rounds"), new("violation", "summed"),
            [.. lives.Select(entry => new LineSeries(entry.Key, rounds, entry.Value[0].Life.ViolationUntil(_grid, rounds)) { IsReference = entry.Key == Today })]);
    }
}
