using Pilotage.Systems.Operations.Hdpo;
using Pilotage.Tensors;
using Xunit;

namespace Pilotage.Systems.Operations.Tests.Hdpo.Forecasts;

public class QuantileTests
{
    private static ScenarioSet Steady(int count, int periods, int lead, Func<int, int, float> demand)
    {
        var network = InventoryNetwork.Store(3, 1, 9, isLost: true);
        var path = new float[count * (16 + periods)];
        for (var i = 0; i < count; i++)
            for (var t = 0; t < 16 + periods; t++) path[i * (16 + periods) + t] = demand(i, t);
        return new(network, path, new float[count * 3], periods, 16)
        {
            Terms = new([.. Enumerable.Repeat(1f, count)], [.. Enumerable.Range(0, count).Select(i => i % 2 == 0 ? 9f : 3f)], [.. Enumerable.Repeat(lead, count)]),
        };
    }

    [Theory]
    [InlineData(2, 0.9f, 1.8f)]
    [InlineData(-2, 0.9f, 0.2f)]
    [InlineData(2, 0.25f, 0.5f)]
    [InlineData(-2, 0.25f, 1.5f)]
    public void Pinball_Error_IsWeightedByItsSide(float error, float level, float expected)
    {
        using var step = Step.Begin(gradient: Gradient.None);
        Assert.Equal(expected, QuantileForecaster.Pinball(Tensor.From([error], 1, 1), Tensor.From([level], 1)).Item(), 1e-6f);
    }

    [Fact]
    public void Forecast_UniformDemand_FindsItsQuantiles()
    {
        // One period ahead and this one: the sum of two uniforms on [0, 2]; its median is 2, its upper tail P(S > s) = (4 - s)^2 / 8.
        var random = new Randomness(1);
        var set = Steady(64, 60, lead: 1, (_, _) => (float)random.NextUniform(0, 2));
        var forecaster = new QuantileForecaster(16, [16], SeedTree.Root(1));
        forecaster.Train(set, 600, 256, 0.01, SeedTree.Root(2));
        var forecasts = forecaster.Forecast(set);
        double Mean(int level) => Enumerable.Range(0, 64 * 60).Average(row => (double)forecasts[row * QuantileForecaster.Count + level]);
        Assert.Equal(2, Mean(9), 0.12);
        Assert.Equal(4 - Math.Sqrt(8 * 0.05), Mean(18), 0.3);                 // the demand of one level more or less, or of one period, is farther off
        for (var row = 0; row < 64 * 60; row += 97)
            for (var level = 1; level < 19; level++) Assert.True(forecasts[row * 19 + level] >= forecasts[row * 19 + level - 1]);
    }

    [Fact]
    public void QuantileStock_Ratio_InterpolatesBetweenLevelsAndSubtractsThePosition()
    {
        var random = new Randomness(1);
        var set = Steady(2, 4, lead: 2, (_, _) => (float)random.NextUniform(0, 2));
        var forecaster = new QuantileForecaster(16, [8], SeedTree.Root(1));
        forecaster.Train(set, 50, 8, 0.01, SeedTree.Root(2));
        var quantiles = forecaster.Forecast(set);
        var policy = new QuantileStock(QuantileRule.Ratio, forecaster, set, SeedTree.Root(3));
        using var step = Step.Begin(gradient: Gradient.None);
        var batch = new ScenarioBatch(set, 2).FillAll();
        var orders = new float[2];
        policy.Orders(new(Tensor.From([0.1f, 0.2f, 0, 0, 0, 0], 2, 1, 3), batch, 3)).CopyTo(orders);
        Assert.Equal(Math.Max(0, quantiles[3 * 19 + 17] - 0.3f), orders[0], 1e-4f);                            // 9 / 10 is the 18th level
        Assert.Equal(quantiles[(4 + 3) * 19 + 14], orders[1], 1e-4f);                                         // 3 / 4 the 15th
    }

    [Fact]
    public void CoverStock_Textbook_IsMeanAndSpreadOverTheLeadTime()
    {
        var set = Steady(1, 1, lead: 3, (_, t) => t % 2 == 0 ? 4 : 6);
        var batch = new ScenarioBatch(set, 1).FillAll();
        using var step = Step.Begin(gradient: Gradient.None);
        var frame = new InventoryFrame(Tensor.From([1, 0, 2], 1, 1, 3), batch, 0);
        Assert.Equal(5 * 4 + 1.28155 * Math.Sqrt(16 / 15.0) * 2 - 3, new CoverStock(16, 0).Orders(frame).Item(), 1e-3);
        Assert.Equal(6 * 5 - 3, new CoverStock(16, 6).Orders(frame).Item(), 1e-4);
    }

    [Fact]
    public void JustInTime_AfterTheFirstOrdersArrive_CostsNothing()
    {
        var random = new Randomness(1);
        var set = Steady(8, 30, lead: 2, (_, _) => (float)random.NextUniform(0, 2));
        Assert.Equal(0, ScenarioRun.Of(new JustInTime(), set, 3).MeanCost, 1e-5);
    }

    [Fact]
    public void DataDrivenNetwork_DemandAndStockTenTimesAsLarge_OrdersTenTimesAsMuch()
    {
        var random = new Randomness(1);
        var path = Enumerable.Range(0, 17).Select(_ => (float)random.NextUniform(50, 200)).ToArray();
        float Order(float factor)
        {
            var network = InventoryNetwork.Store(3, 1, 9, isLost: true);
            float[] state = [.. new float[] { 40, 100, 0 }.Select(value => factor * value)];
            var set = new ScenarioSet(network, [.. path.Select(value => factor * value)], state, 1, 16) { Terms = new([1], [9], [2]) };
            using var step = Step.Begin(gradient: Gradient.None);
            return new DataDrivenNetwork(network, 16, [8], SeedTree.Root(4)).Orders(new(Tensor.From(state, 1, 1, 3), new ScenarioBatch(set, 1).FillAll(), 0)).Item();
        }
        Assert.True(Order(1) > 0);
        Assert.Equal(10 * Order(1), Order(10), 0.01 * Order(10));
    }
}
