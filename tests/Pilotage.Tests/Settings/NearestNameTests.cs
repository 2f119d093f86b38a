using CsCheck;
using Pilotage.Settings;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Tests.Settings;

public sealed class NearestNameTests
{
    private static readonly string[] Known = ["CartPole-v0", "CartPole-v1", "Pendulum-v1", "clipRadius", "minibatches"];

    [Theory]
    [InlineData("CartPole-v1", "CartPole-v1")]
    [InlineData("cartpole-v1", "CartPole-v1")]
    [InlineData("CratPole-v1", "CartPole-v1")]
    [InlineData("clipRadios", "clipRadius")]
    [InlineData("miniBatch", "minibatches")]
    [InlineData("pend", "Pendulum-v1")]
    [InlineData("cartpole", "CartPole-v0")]
    public void Suggest_SmallSlip_FindsTheMeantName(string given, string expected) => Assert.Equal(expected, NearestName.Suggest(given, Known));

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("humanoid")]
    public void Suggest_NothingNear_GivesNothing(string given) => Assert.Null(NearestName.Suggest(given, Known));

    [Theory]
    [InlineData("", "abc", 3)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("ab", "ba", 1)]
    [InlineData("abcd", "acbd", 1)]
    [InlineData("ca", "abc", 3)]
    public void Distance_KnownPairs_CountsEdits(string left, string right, int edits) => Assert.Equal(edits, NearestName.Distance(left, right));

    [Fact]
    public void Distance_AnyPair_IsSymmetricAndZeroOnlyForEquals() => Gen.Select(Gen.String[Gen.Char['a', 'd'], 0, 8], Gen.String[Gen.Char['a', 'd'], 0, 8])
        .ForCases(100, (left, right) =>
        {
            var distance = NearestName.Distance(left, right);
            Assert.Equal(distance, NearestName.Distance(right, left));
            Assert.Equal(left == right, distance == 0);
            Assert.InRange(distance, Math.Abs(left.Length - right.Length), Math.Max(left.Length, right.Length));
        });
}
