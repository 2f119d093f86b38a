using Pilotage.Algorithms.Tabular;
using Pilotage.Environments.ClassicControl;
using Xunit;

namespace Pilotage.Tests.Algorithms.Tabular;

public class UniformGridTests
{
    [Fact]
    public void StateOf_InsideAndOutside_FallsIntoTheRightOrNearestCell()
    {
        var grid = new UniformGrid([0, -1], [1, 1], [4, 2]);
        Assert.Equal(8, grid.StateCount);
        Assert.Equal(0, grid.StateOf([0, -1]));
        Assert.Equal(2 * 2 + 1, grid.StateOf([0.5f, 0]));
        Assert.Equal(7, grid.StateOf([1, 1]));
        Assert.Equal(7, grid.StateOf([99, 99]));
        Assert.Equal(0, grid.StateOf([-99, -99]));
    }

    [Fact]
    public void Constructor_TooManyStates_IsAMistakeOfTheUser() =>
        Assert.Contains("fewer cells", Assert.Throws<UserMistakeException>(() => new UniformGrid(new float[8], [1, 1, 1, 1, 1, 1, 1, 1], [20, 20, 20, 20, 20, 20, 20, 20])).Message, StringComparison.Ordinal);

    [Fact]
    public void ClassicControlGrids_KnownAndUnknown_GiveAGridOrAReason()
    {
        Assert.Equal(400, ClassicControlGrids.For(MountainCar.Describe(), 20)!.StateCount);
        Assert.Null(ClassicControlGrids.Refusal(CartPole.Describe()));
        Assert.Contains("no grid", ClassicControlGrids.Refusal(Acrobot.Describe()), StringComparison.Ordinal);
        Assert.Contains("no single discrete choice", ClassicControlGrids.Refusal(Pendulum.Describe()), StringComparison.Ordinal);
    }
}
