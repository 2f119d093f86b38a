using Pilotage.Environments;
using Pilotage.Policies;
using Xunit;

namespace Pilotage.Tests.Policies;

public sealed class ConstantPolicyTests
{
    [Fact]
    public void Act_AnyFrames_RepeatsTheActionInActiveRows()
    {
        var random = SeedTree.Root(1).Start();
        var discrete = new ActionBatch(new ActionSpace.MultiDiscrete([3, 3]), 2);
        new ConstantPolicy(2, 1).Act(new(2, [0, 0]), PolicyMemory.None, ref random, discrete);
        var box = new ActionBatch(new ActionSpace.Box([0], [1]), 2);
        new ConstantPolicy(0.5f).Act(new(2, [0, 0], default, [false, true]), PolicyMemory.None, ref random, box);

        Assert.Equal([2, 1, 2, 1], discrete.Indices.ToArray());
        Assert.Equal([0f, 0.5f], box.Values.ToArray());
    }

    [Fact]
    public void Act_OtherShapeOfAction_IsRefused()
    {
        var random = SeedTree.Root(1).Start();
        var refusal = Assert.Throws<ArgumentException>(() => new ConstantPolicy(1).Act(new(1, [0]), PolicyMemory.None, ref random, new(new ActionSpace.Box([0], [1]), 1)));
        Assert.StartsWith("The constant action has 1 indices and 0 values; the space has 0 and 1.", refusal.Message, StringComparison.Ordinal);
    }
}
