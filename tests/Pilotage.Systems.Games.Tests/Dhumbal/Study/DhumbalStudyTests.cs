using Pilotage.Evaluation;
using Pilotage.Systems.Games.Dhumbal;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Systems.Games.Tests.Dhumbal.Study;

public class DhumbalStudyTests
{
    private static readonly DhumbalConfig Small = new()
    {
        Deals = 3, SearchDeals = 2, RuleDeals = 20, Search = new() { Iterations = 4 },
        Ppo = new() { Steps = 512, EnvironmentCount = 4, Horizon = 64, Hidden = [16] }, PaperPpo = new() { Steps = 512, EnvironmentCount = 4, Horizon = 64, Hidden = [16] },
        Dqn = new() { Steps = 600, LearningStarts = 100, Hidden = [16] }, PaperDqn = new() { Steps = 600, LearningStarts = 100, Hidden = [16] },
    };

    [Fact]
    public void Run_Small_MeasuresEveryArmAndIsTheSameAtTwoThreads()
    {
        StudyOutcome Run(int threads)
        {
            var study = DhumbalStudy.Create(Small, Scale.Smoke, seedCount: 2);
            return StudyRunner.Run(study, new() { Scale = Scale.Smoke, MaximumParallelism = threads });
        }
        var (one, two) = (Run(1), Run(2));
        var names = AgentNames.BuiltIn.Concat(AgentNames.Learners).ToList();
        foreach (var name in names)
        {
            Assert.Equal([0, 1], one.Results.SeedsOf(name));
            foreach (var metric in one.Results.MetricsOf(name).Where(metric => !metric.StartsWith(Measurement.TimingPrefix, StringComparison.Ordinal)))
                for (var seed = 0; seed < 2; seed++) Assert.Equal(one.Results.Values(name, seed, metric), two.Results.Values(name, seed, metric));
        }
        Assert.Equal(3, one.Results.Values(AgentNames.Ppo, 0, StudyMetrics.Coins(StudyMetrics.Field)).Count);
        Assert.Equal(2, one.Results.Values(AgentNames.Ismcts, 0, StudyMetrics.Coins(StudyMetrics.Field)).Count);
        Assert.All(one.Claims, claim => Assert.Equal(Verdict.NotEvaluated, claim.Verdict));
        var plots = DhumbalStudy.Create(Small, Scale.Smoke, seedCount: 1).Plots(one);
        Assert.Equal(["ahead", "harness"], plots.Select(plot => plot.Name));
    }

    [Fact]
    public void Create_OtherThanFourPlayers_IsRefused()
    {
        var mistake = Assert.Throws<UserMistakeException>(() => DhumbalStudy.Create(new() { Rules = new() { Players = 3 } }, Scale.Smoke, 1));
        Snapshot.Matches(string.Join("\n", mistake.Problems), "three_players");
    }

    [Fact]
    public void Create_Laptop_CanPassAllClaims() => StudyRunner.Check(DhumbalStudy.Create(new(), Scale.Laptop, seedCount: null), Scale.Laptop);
}
