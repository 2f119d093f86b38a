using Pilotage.Credit;
using Pilotage.Environments;
using Xunit;

namespace Pilotage.Tests.Credit;

public sealed class GaeTests
{
    private static readonly float[] Rewards = [1, 2, 3, 4];
    private static readonly float[] Values = [0.5f, 1, 1.5f, 2];
    private static readonly float[] NextValues = [1, 1.5f, 2, 2.5f];

    [Fact]
    public void Compute_OneRowRunning_EqualsTheSumWrittenByHand()
    {
        // deltas with gamma 0.5: 1+.5-.5=1, 2+.75-1=1.75, 3+1-1.5=2.5, 4+1.25-2=3.25; decay gamma*lambda = 0.25
        var advantages = Compute([End.Running, End.Running, End.Running, End.Running], 0.5, 0.5);

        var fourth = 3.25f;
        var third = 2.5f + 0.25f * fourth;
        var second = 1.75f + 0.25f * third;
        Assert.Equal([1 + 0.25f * second, second, third, fourth], advantages);
    }

    [Fact]
    public void Compute_Terminated_DoesNotBootstrapAndCutsTheTrace()
    {
        var advantages = Compute([End.Running, End.Terminated, End.Running, End.Running], 0.5, 0.5);

        Assert.Equal(2 - 1f, advantages[1]);                              // r - V: nothing follows
        Assert.Equal(1 + 0.5f - 0.5f + 0.25f * 1, advantages[0]);
    }

    [Fact]
    public void Compute_Truncated_BootstrapsAndCutsTheTrace()
    {
        var advantages = Compute([End.Running, End.Truncated, End.Running, End.Running], 0.5, 0.5);

        Assert.Equal(2 + 0.5f * 1.5f - 1, advantages[1]);                 // V of the true next state counts
        Assert.Equal(1 + 0.5f - 0.5f + 0.25f * 1.75f, advantages[0]);
    }

    [Fact]
    public void Compute_LambdaZero_GivesOneStepErrors()
    {
        var advantages = Compute([End.Running, End.Running, End.Running, End.Running], 0.9, 0);

        for (var t = 0; t < 4; t++) Assert.Equal(Rewards[t] + 0.9f * NextValues[t] - Values[t], advantages[t], 1e-6f);
    }

    [Fact]
    public void Compute_LambdaOne_GivesDiscountedReturnMinusValue()
    {
        var advantages = Compute([End.Running, End.Running, End.Running, End.Terminated], 0.9, 1);

        var expected = 1 + 0.9 * 2 + 0.81 * 3 + 0.729 * 4 - 0.5;          // telescopes where V(s') of one step is V(s) of the next
        Assert.Equal(expected, advantages[0], 1e-5);
    }

    [Fact]
    public void Compute_GammaZero_GivesRewardMinusValue()
    {
        var advantages = Compute([End.Running, End.Running, End.Truncated, End.Running], 0, 0.9);

        for (var t = 0; t < 4; t++) Assert.Equal(Rewards[t] - Values[t], advantages[t]);
    }

    [Fact]
    public void Compute_SeveralRows_KeepsRowsApart()
    {
        float[] rewards = [1, 10, 2, 20, 3, 30];                          // [T = 3, N = 2]
        float[] values = [0, 1, 0, 1, 0, 1];
        float[] nextValues = [0, 1, 0, 1, 0, 1];
        End[] ends = [End.Running, End.Terminated, End.Running, End.Running, End.Truncated, End.Running];
        var both = new float[6];
        Gae.Compute(rewards, values, nextValues, ends, 2, 0.9, 0.8, both);

        for (var row = 0; row < 2; row++)
        {
            var alone = new float[3];
            Gae.Compute(Row(rewards, row), Row(values, row), Row(nextValues, row), Row(ends, row), 1, 0.9, 0.8, alone);
            Assert.Equal(alone, Row(both, row));
        }
    }

    [Theory]
    [InlineData(3, 4, 4, 4, 1)]
    [InlineData(4, 3, 4, 4, 1)]
    [InlineData(4, 4, 3, 4, 1)]
    [InlineData(4, 4, 4, 3, 1)]
    [InlineData(4, 4, 4, 4, 3)]
    public void Compute_LengthsThatDoNotFit_TellsAllOfThem(int values, int nextValues, int ends, int advantages, int rows) => Assert.Equal(
        $"Lengths differ or do not divide by {rows} rows: rewards 4, values {values}, next values {nextValues}, ends {ends}, advantages {advantages}.",
        Assert.Throws<ArgumentException>(() => Gae.Compute(Rewards, new float[values], new float[nextValues], new End[ends], rows, 0.9, 0.9, new float[advantages])).Message);

    [Fact]
    public void Compute_NoRows_IsRefused() =>
        Assert.Equal("rows", Assert.Throws<ArgumentOutOfRangeException>(() => Gae.Compute(Rewards, Values, NextValues, new End[4], 0, 0.9, 0.9, new float[4])).ParamName);

    private static float[] Compute(End[] ends, double discount, double traceDecay)
    {
        var advantages = new float[4];
        Gae.Compute(Rewards, Values, NextValues, ends, 1, discount, traceDecay, advantages);
        return advantages;
    }

    private static T[] Row<T>(T[] values, int row) => [.. values.Where((_, i) => i % 2 == row)];
}
