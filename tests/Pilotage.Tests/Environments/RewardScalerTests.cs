using Pilotage.Environments;
using Xunit;

namespace Pilotage.Tests.Environments;

public sealed class RewardScalerTests
{
    [Fact]
    public void Update_WorkedExample_FeedsDiscountedReturnsAndBeginsAnewAfterAnEnd()
    {
        // Row 0: R = 1, then 0.5 + 2 = 2.5, end, then 4. Row 1: 0, 1, 1.5.
        var scaler = new RewardScaler(2, discount: 0.5);
        scaler.Update([1, 0], [End.Running, End.Running]);
        scaler.Update([2, 1], [End.Truncated, End.Running]);
        scaler.Update([4, 1], [End.Running, End.Running]);

        double[] returns = [1, 0, 2.5, 1, 4, 1.5];
        var mean = returns.Average();
        Assert.Equal(6, scaler.Moments.Count);
        Assert.Equal(mean, scaler.Moments.Mean[0], 1e-12);
        Assert.Equal(returns.Average(r => (r - mean) * (r - mean)), scaler.Moments.Variance(0), 1e-12);
    }

    [Fact]
    public void Apply_Always_DividesWithoutSubtractingAMean()
    {
        var scaler = new RewardScaler(2, discount: 0);
        scaler.Update([1, 5], [End.Running, End.Running]);              // mean 3, deviation 2
        var scaled = new float[3];
        scaler.Apply([0, 3, 100], scaled);

        Assert.Equal(0f, scaled[0]);
        Assert.Equal(1.5f, scaled[1], 1e-6f);
        Assert.Equal(10f, scaled[2]);
    }

    [Fact]
    public void Constructor_NumbersOutOfRange_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RewardScaler(0, 0.9));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RewardScaler(1, 1.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RewardScaler(1, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RewardScaler(1, 0.9, 0));
    }
}
