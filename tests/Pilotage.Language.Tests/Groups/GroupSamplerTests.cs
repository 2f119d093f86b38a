using Pilotage.Language.Groups;
using Pilotage.Language.Tasks;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Language.Tests.Groups;

public sealed class GroupSamplerTests
{
    [Fact]
    public void Sample_AGroupAlone_HasTheBitsOfTheGroupAmongOthers()
    {
        var (task, model) = (new EchoTask(), EchoTask.Model());
        var problems = task.Problems(Split.Train);
        var together = task.Sampler(model).Sample(problems, 5, SeedTree.Root(3), 7);
        var alone = task.Sampler(model).Sample([problems[0]], 5, SeedTree.Root(3), 7);

        Assert.Equal(4, together.Count);
        Assert.Equal(7, together[0].Version);
        for (var k = 0; k < 5; k++)
        {
            Assert.Equal(together[0].Responses[k].Tokens, alone[0].Responses[k].Tokens);
            Assert.Equal(together[0].Responses[k].LogProbabilities, alone[0].Responses[k].LogProbabilities);
        }
        Assert.True(together.SelectMany(group => group.Responses).Select(response => response.Text).Distinct().Count() > 4);
    }

    [Fact]
    public void Sample_EachAnswer_IsJudgedForItsOwnProblem()
    {
        var (task, model) = (new EchoTask(), EchoTask.Model());
        foreach (var group in task.Sampler(model).Sample([.. task.Problems(Split.Train), .. task.Problems(Split.Test)], 64, SeedTree.Root(3), 0))
        {
            Assert.Equal(64, group.Responses.Count);
            Assert.All(group.Responses, response => Assert.Equal(response.Text.StartsWith(group.Problem.Answer, StringComparison.Ordinal) ? 1 : 0, response.Reward));
        }
    }

    [Fact]
    public void Sample_VerifierThatThrows_IsToldWithTheAnswer()
    {
        var task = new EchoTask((_, _) => throw new FormatException("no number here"));
        var mistake = Assert.Throws<UserMistakeException>(() => task.Sampler(EchoTask.Model()).Sample(task.Problems(Split.Train), 2, SeedTree.Root(1), 0));
        Snapshot.Matches(mistake.Message, "throws");
    }

    [Fact]
    public void Sample_VerifierWithoutANumber_IsToldWithTheAnswer()
    {
        var task = new EchoTask((_, _) => double.NaN);
        var mistake = Assert.Throws<UserMistakeException>(() => task.Sampler(EchoTask.Model()).Sample(task.Problems(Split.Train), 2, SeedTree.Root(1), 0));
        Snapshot.Matches(mistake.Message, "nan");
    }

    [Fact]
    public void DynamicSampling_TakesInformativeGroupsOnlyAndStopsAfterItsRounds()
    {
        var task = new EchoTask();
        var (groups, drawn) = DynamicSampling.Sample(task.Sampler(EchoTask.Model()), task.Stream(), wanted: 6, groupSize: 3, rounds: 20, SeedTree.Root(2), 0);
        Assert.Equal(6, groups.Count);
        Assert.True(drawn > 6);
        Assert.All(groups, group => Assert.False(group.IsLevel));

        var hopeless = new EchoTask((_, _) => 0);
        var (none, asked) = DynamicSampling.Sample(hopeless.Sampler(EchoTask.Model()), hopeless.Stream(), wanted: 2, groupSize: 3, rounds: 3, SeedTree.Root(2), 0);
        Assert.Empty(none);
        Assert.Equal(6, asked);
    }
}
