using Pilotage.Environments;
using Xunit;

namespace Pilotage.Tests.Environments.ClassicControl;

/// <summary>The bits of fixed trajectories: no machine, thread count or rewrite may change them unnoticed.</summary>
public sealed class TraceTests
{
    [Theory]
    [InlineData("CartPole-v1", 1921559677558014509UL)]
    [InlineData("Pendulum-v1", 7875589098697009490UL)]
    [InlineData("Acrobot-v1", 8461112033774004840UL)]
    [InlineData("MountainCar-v0", 9812965001551939279UL)]
    [InlineData("MountainCarContinuous-v0", 14263651547223952345UL)]
    public void Step_FixedSeedsAndActions_GivesTheSameBits(string name, ulong expected)
    {
        var environment = EnvironmentCatalog.Find(name).Create(3, SeedTree.Root(1));
        var hash = 0xCBF29CE484222325;
        foreach (var value in VectorEnvironmentSavedTests.Play(environment, SeedTree.Root(2), steps: 1500))
        {
            hash = (hash ^ BitConverter.SingleToUInt32Bits(value)) * 0x100000001B3;
        }

        Assert.Equal(expected, hash);
    }
}
