using Pilotage.Systems.Operations.CloudAutoscaling;
using Xunit;

namespace Pilotage.Systems.Operations.Tests.CloudAutoscaling.Service;

public class ErlangQueueTests
{
    [Fact]
    public void WaitProbability_TwoServersOneErlang_IsOneThird()
    {
        Assert.Equal(1.0 / 3, ErlangQueue.WaitProbability(2, 1), 14);
        Assert.Equal(1.0 / 3 / (2 * 5.0 - 5), ErlangQueue.MeanWait(2, 5, 5), 14);
        Assert.Equal(1.0 / 3 / 5 + 0.2, ErlangQueue.MeanResponse(2, 5, 5), 14);
    }

    [Theory, InlineData(0.1), InlineData(0.5), InlineData(0.99)]
    public void WaitProbability_OneServer_IsTheUtilisation(double rho) => Assert.Equal(rho, ErlangQueue.WaitProbability(1, rho), 14);

    [Fact]
    public void WaitProbability_ManyServers_EqualsTheDefiningSum()
    {
        var (n, a) = (12, 9.5);
        var term = 1.0;
        var sum = 0.0;
        for (var k = 0; k < n; k++, term *= a / k) sum += term;          // a^k / k!, ending at a^n / n!
        var tail = term * n / (n - a);
        Assert.Equal(tail / (sum + tail), ErlangQueue.WaitProbability(n, a), 12);
    }

    [Fact]
    public void MeanWait_Overloaded_IsInfinite() => Assert.Equal(double.PositiveInfinity, ErlangQueue.MeanWait(2, 10, 5));
}
