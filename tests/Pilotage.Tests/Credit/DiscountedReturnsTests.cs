using Pilotage.Credit;
using Pilotage.Environments;
using Xunit;

namespace Pilotage.Tests.Credit;

public sealed class DiscountedReturnsTests
{
    private static readonly float[] Rewards = [1, 2, 3, 4];
    private static readonly float[] FinalValues = [100, 100, 100, 8];

    [Fact]
    public void Compute_Terminated_AddsNothing() => Assert.Equal([1 + 0.5f * 2, 2f, 3 + 0.5f * 4, 4f], Compute([End.Running, End.Terminated, End.Running, End.Terminated], 0.5));

    [Fact]
    public void Compute_Truncated_AddsTheFinalValueAndNothingOfTheNextEpisode() =>
        Assert.Equal([1 + 0.5f * 52, 2 + 0.5f * 100, 3 + 0.5f * 8f, 4 + 0.5f * 8], Compute([End.Running, End.Truncated, End.Running, End.Truncated], 0.5));

    [Fact]
    public void Compute_RunningAtTheEnd_IsCutThere() => Assert.Equal(4 + 0.5f * 8, Compute([End.Running, End.Running, End.Running, End.Running], 0.5)[3]);

    [Fact]
    public void Compute_GammaZero_GivesRewards() => Assert.Equal(Rewards, Compute([End.Running, End.Truncated, End.Running, End.Running], 0));

    [Fact]
    public void Compute_WithValues_IsGaeAtLambdaOne()
    {
        End[] ends = [End.Running, End.Running, End.Running, End.Truncated];
        float[] values = [0.5f, 1, 1.5f, 2];
        var (advantages, returns) = (new float[4], Compute(ends, 0.9));
        Gae.Compute(Rewards, values, [1, 1.5f, 2, 8], ends, 1, 0.9, 1, advantages);

        for (var t = 0; t < 4; t++) Assert.Equal(advantages[t] + values[t], returns[t], 1e-5f);
    }

    [Fact]
    public void Compute_SeveralRows_KeepsRowsApart()
    {
        var returns = new float[4];
        DiscountedReturns.Compute([1, 10, 2, 20], [0, 0, 0, 7], [End.Running, End.Terminated, End.Terminated, End.Truncated], 2, 0.5, returns);

        Assert.Equal([2f, 10f, 2f, 23.5f], returns);
    }

    [Fact]
    public void Compute_LengthsThatDoNotFit_TellsAllOfThem() => Assert.Equal(
        "Lengths differ or do not divide by 1 rows: rewards 4, final values 3, ends 4, returns 4.",
        Assert.Throws<ArgumentException>(() => DiscountedReturns.Compute(Rewards, new float[3], new End[4], 1, 0.9, new float[4])).Message);

    private static float[] Compute(End[] ends, double discount)
    {
        var returns = new float[4];
        DiscountedReturns.Compute(Rewards, FinalValues, ends, 1, discount, returns);
        return returns;
    }
}
