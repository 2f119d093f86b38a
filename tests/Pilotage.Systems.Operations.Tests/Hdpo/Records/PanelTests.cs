using Pilotage.Systems.Operations.Hdpo;
using Xunit;

namespace Pilotage.Systems.Operations.Tests.Hdpo.Records;

public class PanelTests
{
    [Fact]
    public void Panel_Series_AreInUnitsOfTheirLearnedMean()
    {
        var (panel, returns, leftOut) = DemandPanel.Of(["a", "b", "c"], ["x", "x", "y"], [2, 4, 30, -3, 0, 0, 8, 9, 6, 6, 0, 1], 4, 2, []);
        Assert.Equal(["a", "c"], panel.Names);                           // b sold nothing while there was something to learn
        Assert.Equal((1, 1), (returns, leftOut));
        Assert.Equal([3, 6], panel.Units);
        float[] expected = [2 / 3f, 4 / 3f, 10, 0, 1, 1, 0, 1 / 6f];
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], panel.Values[i], 1e-6f);
    }

    [Fact]
    public void Scenarios_AStretch_KnowsOnlyThePastBeforeIt()
    {
        var panel = new DemandPanel(["a"], ["a"], [.. Enumerable.Range(0, 40).Select(t => (float)t)], [1], 40, [.. Enumerable.Range(0, 40).Select(t => t / 100f)]);
        var set = panel.Scenarios(InventoryNetwork.Store(2, 1, 9, isLost: true), new([1], [9], [2]), first: 20, length: 5, past: 16, SeedTree.Root(1));
        var batch = new ScenarioBatch(set, 1).FillAll();
        Assert.Equal([20], batch.Demand(0).ToArray());
        Assert.Equal(Enumerable.Range(4, 16).Select(t => (float)t), batch.Past(0, 16).ToArray());
        Assert.Equal([21, 22, 23], batch.Past(4, 3).ToArray());
        Assert.Equal([24, 0, 0], batch.Future(4, 3).ToArray());
        Assert.Equal([0, 0, 4], batch.Past(0, 18).ToArray()[..3]);       // before what is known there is nothing
        Assert.Equal(0.24f, batch.Calendar(4), 1e-6f);
    }

    [Fact]
    public void Windows_ALongStretch_IsCoveredByHalves()
    {
        var panel = new DemandPanel(["a", "b"], ["a", "b"], [.. Enumerable.Range(0, 80).Select(t => (float)(t % 40))], [1, 1], 40, []);
        var set = panel.Windows(InventoryNetwork.Store(2, 1, 9, isLost: true), new([1, 2], [9, 8], [2, 1]), first: 5, length: 21, window: 10, past: 2, SeedTree.Root(1));
        Assert.Equal((8, 10), (set.Count, set.Periods));                 // from 5, 10, 15 and 16
        Assert.Equal([1, 2, 1, 2, 1, 2, 1, 2], set.Terms!.HoldingCosts);
        Assert.Equal(3, set.Demand[0]);
        Assert.Equal(25, set.Demand[^1]);
    }

    [Fact]
    public void Profits_OneSeries_AreSalesLessStockLeft()
    {
        // Order 3 each period with lead time 1: after the first period 3 on hand, demand 2, so 1 left and 3 again: 4 on hand, demand 5.
        var panel = new DemandPanel(["a"], ["a"], [.. Enumerable.Repeat(9f, 20), 2, 5], [1], 22, []);
        var world = new PanelWorld(panel, new([1], [10], [1]), (16, 2), (16, 2), (19, 3), ignored: 1, SeedTree.Root(1));
        var profit = world.Profits(ScenarioRun.Of(new Worlds.Fixed(3), world.Test, 1), world.Test)[0];
        Assert.Equal((10 * 2 - 1 + 10 * 4) / 2.0, profit, 1e-4);
    }

    [Fact]
    public void Favorita_RealFiles_AreReadAndCutAsThePaperDoes()
    {
        var world = FavoritaPanel.Read(RealData.FolderOrSkip());
        Assert.InRange(world.Panel.Count, 5500, 6048);
        Assert.Equal((95, 37, 37), (world.Training.Periods, world.Validation.Periods, world.Test.Periods));
        Assert.All(world.Terms.LeadTimes, lead => Assert.InRange(lead, 4, 6));
        Assert.All(world.Panel.Values, value => Assert.True(value >= 0));
        // The first simulated test week is week 134: its calendar says 25 to 26 weeks after Christmas of 2014.
        Assert.Equal(world.Panel.Calendar[134], new ScenarioBatch(world.Test, world.Test.Count).Calendar(0));
    }
}
