using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;
using Pilotage.Language.Tasks;
using Pilotage.Systems.Language.Hbpo;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Systems.Language.Tests.Hbpo.Study;

public sealed class HbpoStudyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private HbpoStudyConfig Small => new()
    {
        Steps = 4, EvaluationProblems = 12, TrainingProblems = 500, Additions = [1, 2, 3], WarmStartFolder = _folder.Path, SingleBudget = 10,
        Method = new() { Batch = new() { Prompts = 1, GroupSize = 4, LearningRate = 1e-3 }, Budgets = [10, 14], MaximumTokens = 30 },
        WarmStart = new() { BatchSize = 8, CorruptedShare = 0.1 },
    };

    [Fact]
    public void SmokeRun_MeasuresEveryArmAndDrawsItsFigures()
    {
        var study = HbpoStudy.Create(Small, Scale.Smoke, seedCount: 2);
        var outcome = StudyRunner.Run(study, new StudyRun { Scale = Scale.Smoke });
        foreach (var arm in study.Arms)
        {
            var tokens = outcome.Results.Values(arm.Name, 0, HbpoMetrics.Tokens);
            Assert.Equal(12, tokens.Count);
            Assert.All(tokens.Values, value => Assert.InRange(value, 1, 30));
            Assert.Equal(tokens.Keys, outcome.Results.Values(HbpoArms.Warm, 0, HbpoMetrics.Tokens).Keys);
        }
        Assert.All(study.Metrics, metric => Assert.Contains(study.Arms, arm => outcome.Results.MetricsOf(arm.Name).Contains(metric.Name)));
        Assert.All(outcome.Claims, claim => Assert.Equal(Verdict.NotEvaluated, claim.Verdict));
        Assert.Equal(["sums/000010", "sums/000014"], outcome.Results.Values(HbpoArms.Method, 0, HbpoMetrics.BudgetTokens).Keys);

        var plots = study.Plots(outcome);
        Assert.Equal(["pareto", "tokens-by-level", "accuracy-by-level", "training-length", "training-deviation", "reward"], plots.Select(plot => plot.Name));
        Assert.Equal(study.Arms.Count, ((ScatterPlot)plots[0]).Points.Count);
        Assert.All(((LinePlot)plots[3]).Series, series => Assert.Equal([1, 2, 3, 4], series.X));
    }

    [Fact]
    public void Arms_SameTrial_MeasureTheSameBits()
    {
        var arm = HbpoStudy.Create(Small, Scale.Smoke, 1).Arms.Single(one => one.Name == HbpoArms.Method);
        IReadOnlyList<Measurement> Run() => [.. arm.Run(new(Scale.Smoke, 1, SeedTree.Root(5)), CancellationToken.None).Where(m => !m.Metric.StartsWith(Measurement.TimingPrefix, StringComparison.Ordinal))];
        Assert.Equal(Run(), Run());
    }

    [Fact]
    public void Demonstrations_KeepToBudgetsAsOftenAsAsked_AndTestProblemsHaveNone()
    {
        var task = new BudgetedSums(new() { Splits = new() { Train = 4_000, Validation = 20, Test = 20 } }, new("<{budget}>"), 64, 0);
        var told = task.Problems(Split.Train).Where(problem => problem.Prompt.Contains('<')).ToArray();
        Assert.InRange(told.Length, 1_800, 2_200);
        Assert.All(told, problem => Assert.InRange(int.Parse(problem.Prompt[(problem.Prompt.IndexOf('<') + 1)..^1]), 10, 63));
        Assert.Equal(6, task.Training.GroupBy(problem => problem.Difficulty).Count(level => level.Count() is 666 or 667));
        Assert.DoesNotContain(task.Problems(Split.Test), problem => problem.Prompt.Contains('<'));

        // The share of short traces is the same under small and under large budgets.
        var shown = Demonstration.Draw(task, told, 0, SeedTree.Root(1)).ToLookup(one => int.Parse(one.Problem.Prompt[(one.Problem.Prompt.IndexOf('<') + 1)..^1]) < 30);
        Assert.Equal(Terse(shown[true]), Terse(shown[false]), 0.06);
        Assert.All(shown[true], one => Assert.Equal(1, task.Verify(one.Problem, one.Response)));

        // One that always keeps to it is the longest that fits.
        var obeying = new BudgetedSums(new() { Splits = new() { Train = 400, Validation = 5, Test = 5 } }, new("<{budget}>"), 64, 1);
        var random = SeedTree.Root(1).Start();
        Assert.Equal("1+2+3=6\n6+4=0\n#0", obeying.Demonstrate(new("p", "1234...=<20>", "0", 3), ref random));     // 17 with the end; the full trace has 21
        Assert.Equal("1+2=3\n3+3=6\n6+4=0\n#0", obeying.Demonstrate(new("p", "1234...=<21>", "0", 3), ref random));
        Assert.Equal("#0", obeying.Demonstrate(new("p", "1234...=<10>", "0", 3), ref random));

        static double Terse(IEnumerable<Demonstration> shown) => shown.Average(one => one.Response[0] == '#' ? 1.0 : 0);
    }

    [Fact]
    public void Rewards_Figure_CrossesWhereBudgetsEnd()
    {
        var plot = HbpoPlots.Rewards(new());
        Assert.Equal(["budget 10", "budget 16", "budget 32", "budget 40", "no budget"], plot.Series.Select(series => series.Name));
        Assert.True(plot.Series[0].Y[5] > plot.Series[3].Y[5]);
        Assert.True(plot.Series[0].Y[60] < plot.Series[3].Y[60]);
    }
}
