using Pilotage.Systems.Operations.Hdpo;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Systems.Operations.Tests.Hdpo.Model;

public class InventoryNetworkTests
{
    [Fact]
    public void Network_EverythingWrong_IsToldAtOnce()
    {
        var mistake = Assert.Throws<UserMistakeException>(() => new InventoryNetwork(
            [new("north", true, -1, 9), new("south", true, 1, 0), new("island", true, 1, 9), new("east", false, 0.3), new("west", false, double.NaN), new("attic", false, 1)],
            [new(3, 0, 0), new(3, 1, 5000), new(3, 4, 2), new(4, 3, 2), new(0, 1, 1), new(3, 3, 1), new(9, 0, 1), new(Route.Supplier, 5, 1), new(Route.Supplier, 5, 2, double.NaN)], isLost: true));
        Snapshot.Matches(string.Join("\n", mistake.Problems));
    }

    [Fact]
    public void Network_WithoutStores_IsRefused() =>
        Assert.Contains("no store", Assert.Throws<UserMistakeException>(() => new InventoryNetwork([new("east", false, 1)], [new(Route.Supplier, 0, 1)], isLost: true)).Message, StringComparison.Ordinal);

    [Fact]
    public void Below_Chain_CountsAllThatIsSupplied()
    {
        Assert.Equal([1, 1, 1, 0, 1, 1, 0, 0, 1], InventoryNetwork.Serial([3, 2, 1], [1, 1, 1], 9).Below());
        var below = Worlds.TwoWarehouses().Below();
        Assert.Equal([1, 0, 1, 1], below[..4]);
    }

    [Fact]
    public void MeanFlows_TwoWarehouses_DivideEachStoresDemand() =>
        Assert.Equal([2.5f, 2, 2.5f, 2, 4.5f, 4.5f], Worlds.TwoWarehouses().MeanFlows([5, 4]));

    [Fact]
    public void Network_StoresAfterWarehouses_IsRefused() => Assert.Contains("before warehouses", Assert.Throws<UserMistakeException>(
        () => new InventoryNetwork([new("east", false, 1), new("a", true, 1, 1)], [new(0, 1, 1), new(Route.Supplier, 0, 1)], isLost: true)).Message, StringComparison.Ordinal);
}
