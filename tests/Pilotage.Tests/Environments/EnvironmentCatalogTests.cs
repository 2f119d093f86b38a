using Pilotage.Environments;
using Xunit;

namespace Pilotage.Tests.Environments;

public sealed class EnvironmentCatalogTests
{
    [Fact]
    public void All_Names_AreTheFields() =>
        Assert.Equal(["CartPole-v1", "CartPole-v0", "CartPoleMaskedVelocity-v1", "FlickeringCartPole-v1", "Pendulum-v1", "Acrobot-v1", "MountainCar-v0", "MountainCarContinuous-v0"], EnvironmentCatalog.All.Select(entry => entry.Name));

    [Theory]
    [InlineData("CartPole-v1", 500, 475.0)]
    [InlineData("CartPole-v0", 200, 195.0)]
    [InlineData("CartPoleMaskedVelocity-v1", 500, 475.0)]
    [InlineData("FlickeringCartPole-v1", 500, null)]
    [InlineData("Pendulum-v1", 200, null)]
    [InlineData("Acrobot-v1", 500, -100.0)]
    [InlineData("MountainCar-v0", 200, -110.0)]
    [InlineData("MountainCarContinuous-v0", 999, 90.0)]
    public void Create_AnyEntry_HasItsRegisteredLimitAndBar(string name, int limit, double? solvedAt)
    {
        var environment = EnvironmentCatalog.Find(name).Create(2, SeedTree.Root(1));

        Assert.Equal((name, limit, solvedAt), (environment.Spec.Name, environment.Spec.TimeLimit, environment.Spec.SolvedAt));
        Assert.Equal(environment.Spec.ObservationSize, environment.Spec.ObservationNames.Count);
        Assert.Equal(2, environment.Rows);
    }

    [Fact]
    public void Find_OtherCase_Finds() => Assert.Equal("CartPole-v1", EnvironmentCatalog.Find("cartpole-V1").Name);

    [Fact]
    public void Find_Slip_SuggestsTheNearestName()
    {
        var mistake = Assert.Throws<UserMistakeException>(() => EnvironmentCatalog.Find("Pendulun-v1"));

        Assert.Equal(
            "PIL0406  There is no environment \"Pendulun-v1\".\n         Did you mean Pendulum-v1? " +
            "Known: CartPole-v1, CartPole-v0, CartPoleMaskedVelocity-v1, FlickeringCartPole-v1, Pendulum-v1, Acrobot-v1, MountainCar-v0, MountainCarContinuous-v0.", mistake.Message);
    }

    [Fact]
    public void Find_NothingNear_ListsWhatThereIs() =>
        Assert.Equal(
            "PIL0406  There is no environment \"Go\".\n         Known: CartPole-v1, CartPole-v0, CartPoleMaskedVelocity-v1, FlickeringCartPole-v1, Pendulum-v1, Acrobot-v1, MountainCar-v0, MountainCarContinuous-v0.",
            Assert.Throws<UserMistakeException>(() => EnvironmentCatalog.Find("Go")).Message);
}
