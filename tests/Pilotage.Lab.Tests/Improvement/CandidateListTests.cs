using Pilotage.Environments;
using Pilotage.Lab.Improvement;
using Pilotage.Settings;
using Xunit;

namespace Pilotage.Lab.Tests.Improvement;

public sealed class CandidateListTests
{
    private static readonly EnvironmentSpec Discrete = Guessing.Describe();

    [Theory]
    [InlineData(2_048L)]
    [InlineData(1_000_000L)]
    public void For_EachKindOfActions_GivesLearnersWithSettingsThatHold(long steps)
    {
        var options = new ImproveOptions { Steps = steps };
        var spaces = new ActionSpace[] { new ActionSpace.Discrete(3, Masked: true), new ActionSpace.MultiDiscrete([2, 3]), new ActionSpace.Box([-1], [1]) };

        var names = spaces.Select(space => CandidateList.For(Discrete with { Actions = space }, options)).Select(lists => string.Join(' ', lists.Select(list => list[0].Algorithm.Name))).ToArray();

        Assert.Equal(["ppo dqn", "ppo", "ppo sac"], names);
        foreach (var candidate in spaces.SelectMany(space => CandidateList.For(Discrete with { Actions = space }, options)).SelectMany(list => list))
        {
            Assert.Empty(SettingsBinder.Check(candidate.Algorithm.Settings, candidate.Settings));
            Assert.Equal(steps, TrainingRun.StepsOf(candidate.Algorithm.Settings, candidate.Settings));
            Assert.InRange(candidate.Discount, 0.5, 0.999);
        }
    }

    [Fact]
    public void For_NamedLearners_TakesThemInTheirOrder()
    {
        var lists = CandidateList.For(Discrete, new() { Algorithms = ["dqn", "ppo"] });

        Assert.Equal(["dqn", "ppo"], lists.Select(list => list[0].Algorithm.Name));
        Assert.All(lists, list => Assert.True(list.Count > 1));
        Assert.All(lists, list => Assert.Equal(list.Count, list.Select(candidate => candidate.Name).Distinct().Count()));
    }

    [Fact]
    public void For_ContinuousActionsAndDqn_IsRefused() =>
        Assert.StartsWith("PIL0211", Assert.Throws<UserMistakeException>(() => CandidateList.For(Discrete with { Actions = new ActionSpace.Box([0], [1]) }, new() { Algorithms = ["dqn"] })).Message, StringComparison.Ordinal);
}
