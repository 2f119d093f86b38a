using Pilotage.Evaluation;
using Pilotage.Systems.Language.Rover;
using Xunit;

namespace Pilotage.Systems.Language.Tests.Rover.Study;

/// <summary>Synthetic arms on both sides of each claim's region, and across its border.</summary>
public sealed class RoverClaimsTests
{
    private const int Trees = 20, Seeds = 20;
    private static readonly double[] Temperatures = [1, 0.1];

    private static Verdict JudgeExact(string id, Func<int, double>? regret = null, Func<int, double>? slack = null, Func<int, double>? misled = null)
    {
        var results = new StudyResults();
        IEnumerable<Measurement> Each(string metric, Func<int, double>? value, double otherwise) => Enumerable.Range(0, Trees).Select(i => new Measurement(metric, $"tree/{i}", value?.Invoke(i) ?? otherwise));
        results.Add(ExactArms.Greedy, 0, [.. Each(RoverMetrics.Regret, regret, 0), .. Each(RoverMetrics.PartialRegret, misled, 0), .. Each(RoverMetrics.StochasticRegret, misled, 0)]);
        results.Add(ExactArms.Softmax(1), 0, [.. Each(RoverMetrics.Slack, null, 0.1)]);
        results.Add(ExactArms.Softmax(0.1), 0, [.. Each(RoverMetrics.Slack, slack, 0.1)]);
        return JudgedClaim.Of(new ExactClaims(Trees, Temperatures).All().Single(claim => claim.Id == id), results, Scale.Laptop).Verdict;
    }

    [Fact]
    public void ExactClaims_OneTreeWrong_Fail()
    {
        Assert.Equal(Verdict.Reproduced, JudgeExact("a-greedy"));
        Assert.Equal(Verdict.NotReproduced, JudgeExact("a-greedy", regret: i => i == 3 ? 0.01 : 0));
        Assert.Equal(Verdict.Reproduced, JudgeExact("a-bound"));
        Assert.Equal(Verdict.NotReproduced, JudgeExact("a-bound", slack: i => i == 3 ? -1e-6 : 0.1));
        foreach (var id in new[] { "a-partial", "a-stochastic" })
        {
            Assert.Equal(Verdict.NotReproduced, JudgeExact(id));
            Assert.Equal(Verdict.Reproduced, JudgeExact(id, misled: i => i == 3 ? 0.1 : 0));
        }
    }

    private static Verdict JudgeToy(string id, string arm, Func<int, ToyFigures> figures, Func<int, ToyFigures>? others = null)
    {
        var results = new StudyResults();
        foreach (var name in new[] { ToyArms.Values, ToyArms.Reinforce, ToyArms.Grpo, ToyArms.NoSuccessor, ToyArms.Rover })
            results.Add(name, 0, [.. Enumerable.Range(0, Seeds).SelectMany(seed => ToyArms.Ends(name == arm ? figures(seed) : others?.Invoke(seed) ?? new(1, 2), $"toy/{seed}"))]);
        return JudgedClaim.Of(new ToyClaims(Seeds).All().Single(claim => claim.Id == id), results, Scale.Laptop).Verdict;
    }

    [Theory]
    [InlineData(20, Verdict.Reproduced)]
    [InlineData(18, Verdict.Reproduced)]                  // the bar
    [InlineData(15, Verdict.Inconclusive)]
    [InlineData(7, Verdict.NotReproduced)]
    public void RoverClaim_SeedsWithAllWays_GetTheVerdictOfTheirNumber(int complete, Verdict expected)
    {
        Assert.Equal(expected, JudgeToy("b-rover", ToyArms.Rover, seed => seed < complete ? new(0.99, 4) : new(0.99, 3)));
        Assert.Equal(expected, JudgeToy("b-rover", ToyArms.Rover, seed => seed < complete ? new(0.99, 4) : new(0.97, 4)));
    }

    [Theory]
    [InlineData("b-q-learning", ToyArms.Values)]
    [InlineData("b-grpo", ToyArms.Grpo)]
    [InlineData("b-reinforce", ToyArms.Reinforce)]
    public void FewerWaysClaims_Seeds_GetTheVerdictOfTheirNumber(string id, string arm)
    {
        Assert.Equal(Verdict.Reproduced, JudgeToy(id, arm, seed => new(1, seed < 16 ? 3 : 4)));
        Assert.Equal(Verdict.Inconclusive, JudgeToy(id, arm, seed => new(1, seed < 10 ? 3 : 4)));
        Assert.Equal(Verdict.NotReproduced, JudgeToy(id, arm, seed => new(1, seed < 4 ? 3 : 4)));
    }

    [Fact]
    public void SuccessorClaim_Ways_GetTheVerdictOfTheirDifference()
    {
        Assert.Equal(Verdict.Reproduced, JudgeToy("b-successor", ToyArms.Rover, seed => new(1, 3 + seed % 2)));
        Assert.Equal(Verdict.NotReproduced, JudgeToy("b-successor", ToyArms.Rover, seed => new(1, seed % 2)));
        Assert.Equal(Verdict.Inconclusive, JudgeToy("b-successor", ToyArms.Rover, seed => new(1, 1 + 2 * (seed % 2))));
    }
}
