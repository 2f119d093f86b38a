using Pilotage.Language.Generation;
using Pilotage.Language.Groups;
using Pilotage.Systems.Language.TreePo;
using Xunit;

namespace Pilotage.Systems.Language.Tests.TreePo;

public sealed class MajorityVoteTests
{
    [Theory]
    [InlineData("[5] [7] [7]", true)]
    [InlineData("[5] [5] [7]", false)]
    [InlineData("[7] [5]", true)]           // as many: the first
    [InlineData("[5] [7]", false)]
    [InlineData("x y [7]", true)]           // no answer, no vote
    [InlineData("x y", false)]
    public void IsRight_AsksTheMostFrequentAnswer(string answers, bool expected)
    {
        var responses = answers.Split(' ').Select(text => new GroupResponse([1], [0], FinishReason.Ended, text == "[7]" ? 1 : 0) { Text = text });

        Assert.Equal(expected, MajorityVote.IsRight(new(new("p", "q", "7"), [1], [.. responses], 0), MajorityVote.Boxed));
    }

    [Theory]
    [InlineData("1+1=2\n[2]", "2")]
    [InlineData("[1][2]", "2")]
    [InlineData("[2", null)]
    [InlineData("2]", null)]
    public void Boxed_IsTheLastPairsInside(string text, string? expected) => Assert.Equal(expected, MajorityVote.Boxed(text));
}
