using System.Globalization;
using Pilotage.Evaluation;
using Pilotage.Evaluation.Statistics;
using Pilotage.Language.Generation;
using Pilotage.Language.Groups;
using Pilotage.Language.Models;
using Pilotage.Language.Supervised;
using Pilotage.Language.Tasks;

namespace Pilotage.Systems.Language.Hbpo;

/// <summary>Sums, a small policy that knows traces of all lengths, and what is measured of it. Thread-safe: trials share it.</summary>
internal sealed class HbpoLab
{
    private readonly HbpoStudyConfig _config;
    private readonly BudgetedSums _task;
    private readonly Lazy<LanguageModel> _warm;
    private readonly LanguageModelConfig _shape;
    private readonly TextProblem[] _test;

    /// <param name="config">Sized for the scale.</param>
    /// <param name="split">What is evaluated on: settings are chosen on the validation split, the study reports on the test split.</param>
    public HbpoLab(HbpoStudyConfig config, Split split = Split.Test)
    {
        _config = config;
        var test = config.EvaluationProblems;
        _task = new(new() { Additions = config.Additions, Splits = new() { Train = config.TrainingProblems, Validation = Math.Max(config.WarmStart.ValidationProblems, test), Test = test } }, new(config.Method.BudgetText), config.Method.MaximumTokens, config.ObeyingShare);
        var longest = config.Additions.Max() + 2 + new BudgetText(config.Method.BudgetText).Of(config.Method.MaximumTokens).Length + config.Method.MaximumTokens;
        _shape = LanguageModelConfig.Nano(_task.Tokenizer.VocabularySize) with { ContextLength = longest };
        _test = [.. _task.Plain.Problems(split).Take(test)];
        _warm = new(() => WarmStart.LoadOrTrain(_task, config.WarmStart, _shape, config.WarmStartFolder.Length == 0 ? null : config.WarmStartFolder));
    }

    /// <summary>Where all methods begin.</summary>
    public LanguageModel Warm => _warm.Value;

    /// <summary>Levels of the test problems.</summary>
    public IReadOnlyList<int> Levels => [.. _test.Select(problem => problem.Difficulty).Distinct().Order()];

    /// <summary>A copy of the warm start.</summary>
    public LanguageModel CopyOfWarm()
    {
        var copy = new LanguageModel(_shape, SeedTree.Root(0));
        copy.Parameters.BlendFrom(Warm.Parameters, 1);
        return copy;
    }

    /// <summary>Draws from a model at a temperature.</summary>
    public BudgetSampler Sampler(LanguageModel model, float temperature = 1) =>
        new(new Generator(model), _task.Plain, _task.Tokenizer, new() { Temperature = temperature }, _config.Method.MaximumTokens, new(_config.Method.BudgetText));

    /// <summary>Training problems in the trial's order.</summary>
    public ProblemStream Problems(SeedTree seeds) => new(_task.Training, seeds.Environments);

    /// <summary>An arm that does not learn.</summary>
    public Arm WarmStartArm(string name) => new(name, ArmKind.Heuristic, (_, cancellation) => Final(Warm, cancellation)) { IsDeterministic = true };

    /// <summary>An arm that trains a copy of the warm start.</summary>
    /// <param name="name">As in the table.</param>
    /// <param name="kind">The part it plays.</param>
    /// <param name="make">The learner of a trial.</param>
    public Arm Arm(string name, ArmKind kind, Func<LanguageModel, BudgetSampler, ProblemStream, SeedTree, IBudgetLearner> make) => new(name, kind, (trial, cancellation) =>
    {
        var model = CopyOfWarm();
        var sampler = Sampler(model);
        return Train(make(model, sampler, Problems(trial.Seeds), trial.Seeds), sampler, cancellation);
    });

    private List<Measurement> Train(IBudgetLearner learner, BudgetSampler sampler, CancellationToken cancellation)
    {
        List<Measurement> measured = [];
        List<double> deviations = [];
        List<SubgroupFigures> late = [];
        var began = TimeProvider.System.GetTimestamp();
        while (learner.Steps < _config.Steps)
        {
            learner.Iterate(cancellation);
            var figures = learner.Diagnostics.ToDictionary();
            measured.Add(new(HbpoMetrics.CurveReward, HbpoMetrics.At(learner.Steps), figures["reward"]));
            measured.Add(new(HbpoMetrics.CurveTokens, HbpoMetrics.At(learner.Steps), figures["response_length"]));
            measured.Add(new(HbpoMetrics.CurveDeviation, HbpoMetrics.At(learner.Steps), figures["length_deviation"]));
            if (learner.Steps <= _config.Steps - _config.Steps / 4) continue;
            deviations.Add(figures["length_deviation"]);
            late.AddRange(learner.Subgroups);
        }
        var learning = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        measured.Add(new(HbpoMetrics.LengthDeviation, HbpoMetrics.Task, deviations.Average()));
        measured.Add(new(HbpoMetrics.DecodedTokens, HbpoMetrics.Task, sampler.DecodedTokens));
        foreach (var budget in late.Where(subgroup => subgroup.Budget.Length > 0).GroupBy(subgroup => long.Parse(subgroup.Budget, CultureInfo.InvariantCulture)))
        {
            measured.Add(new(HbpoMetrics.BudgetReward, HbpoMetrics.At(budget.Key), budget.Average(subgroup => subgroup.Reward)));
            measured.Add(new(HbpoMetrics.BudgetTokens, HbpoMetrics.At(budget.Key), budget.Average(subgroup => subgroup.Length)));
            measured.Add(new(HbpoMetrics.BudgetCorrect, HbpoMetrics.At(budget.Key), budget.Average(subgroup => subgroup.Correct)));
        }
        began = TimeProvider.System.GetTimestamp();
        measured.AddRange(Final(learner.Model, cancellation));
        measured.Add(Measurement.Timing("generate", sampler.Seconds));
        measured.Add(Measurement.Timing("learn", learning - sampler.Seconds));
        measured.Add(Measurement.Timing("evaluate", TimeProvider.System.GetElapsedTime(began).TotalSeconds));
        measured.Add(Measurement.Timing("steps", learner.Steps));
        return measured;
    }

    private List<Measurement> Final(LanguageModel model, CancellationToken cancellation)
    {
        List<Measurement> measured = [];
        var greedy = Sampler(model, temperature: 0);
        var plain = greedy.Sample(_test, null, 1, SeedTree.Root(0).Evaluation, 0, cancellation);
        var told = greedy.Sample(_test, [_config.Method.Budgets[0]], 1, SeedTree.Root(0).Evaluation, 0, cancellation);
        for (var i = 0; i < _test.Length; i++)
        {
            var instance = HbpoMetrics.Instance(_test[i].Difficulty, i);
            measured.Add(new(HbpoMetrics.Accuracy, instance, plain[i].Responses[0].Reward));
            measured.Add(new(HbpoMetrics.Tokens, instance, plain[i].Responses[0].Tokens.Length));
            measured.Add(new(HbpoMetrics.ShortAccuracy, instance, told[i].Responses[0].Reward));
            measured.Add(new(HbpoMetrics.ShortTokens, instance, told[i].Responses[0].Tokens.Length));
        }
        double[] levels = [.. _test.Select(problem => (double)problem.Difficulty)], tokens = [.. plain.Select(group => (double)group.Responses[0].Tokens.Length)];
        double Mean(int level) => tokens.Where((_, i) => _test[i].Difficulty == level).Average();
        measured.Add(new(HbpoMetrics.Adaptivity, HbpoMetrics.Task, Mean(Levels[^1]) / Mean(Levels[0])));
        measured.Add(new(HbpoMetrics.Slope, HbpoMetrics.Task, Slope(levels, tokens)));
        measured.Add(new(HbpoMetrics.RankCorrelation, HbpoMetrics.Task, Finite(Correlation.Pearson(Ranked(levels), Ranked(tokens)))));
        return measured;
    }

    // Least squares; 0 where nothing varies.
    private static double Slope(double[] x, double[] y) => Finite(Correlation.Pearson(x, y) * Sample.StandardDeviation(y) / Sample.StandardDeviation(x));

    // Equal values share the mean of their ranks.
    private static double[] Ranked(double[] values)
    {
        var (ranks, below) = (new Dictionary<double, double>(), 0);
        foreach (var equal in values.GroupBy(value => value).OrderBy(equal => equal.Key))
        {
            var count = equal.Count();
            ranks.Add(equal.Key, below + (count + 1) / 2.0);
            below += count;
        }
        return Array.ConvertAll(values, value => ranks[value]);
    }

    private static double Finite(double value) => double.IsFinite(value) ? value : 0;
}
