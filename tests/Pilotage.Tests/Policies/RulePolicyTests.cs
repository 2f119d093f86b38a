using Pilotage.Environments;
using Pilotage.Policies;
using Xunit;

namespace Pilotage.Tests.Policies;

public sealed class RulePolicyTests
{
    [Fact]
    public void Act_DiscreteRule_SeesEachRowsFrameAndMask()
    {
        var policy = new RulePolicy((observation, legal) => observation[1] > 0 && legal[2] ? 2 : 0);
        var actions = new ActionBatch(new ActionSpace.Discrete(3, Masked: true), 3);
        var random = SeedTree.Root(1).Start();

        policy.Act(new(3, [9, 1, 9, 1, 9, -1], [true, true, true, true, true, false, true, true, true]), PolicyMemory.None, ref random, actions);

        Assert.Equal([2, 0, 0], actions.Indices.ToArray());
    }

    [Fact]
    public void Act_ContinuousRule_FillsEachRow()
    {
        var policy = new RulePolicy((observation, values) => (values[0], values[1]) = (observation[0], -observation[0]));
        var actions = new ActionBatch(new ActionSpace.Box([-9, -9], [9, 9]), 3);
        var random = SeedTree.Root(1).Start();

        policy.Act(new(3, [1, 2, 3], default, [true, false, true]), PolicyMemory.None, ref random, actions);

        Assert.Equal([1f, -1f, 0f, 0f, 3f, -3f], actions.Values.ToArray());
    }

    [Fact]
    public void Act_CompositeRule_FillsBothParts()
    {
        var policy = new RulePolicy((observation, legal, indices, values) => (indices[0], indices[1], values[0]) = (legal[0] ? 0 : 1, 2, observation[0]));
        var actions = new ActionBatch(new ActionSpace.Composite(new([2, 3], Masked: true), new([0], [9])), 2);
        var random = SeedTree.Root(1).Start();

        policy.Act(new(2, [4, 5], [true, true, true, true, true, false, true, true, true, true]), PolicyMemory.None, ref random, actions);

        Assert.Equal([0, 2, 1, 2], actions.Indices.ToArray());
        Assert.Equal([4f, 5f], actions.Values.ToArray());
    }

    [Fact]
    public void Act_OtherKindOfSpace_IsRefused()
    {
        var random = SeedTree.Root(1).Start();
        var composite = new ActionBatch(new ActionSpace.Composite(new([2]), new([0], [1])), 1);
        Assert.Throws<ArgumentException>(() => new RulePolicy((_, _) => 0).Act(new(1, [0]), PolicyMemory.None, ref random, composite));
        Assert.Throws<ArgumentException>(() => new RulePolicy((_, values) => values.Clear()).Act(new(1, [0]), PolicyMemory.None, ref random, composite));
        Assert.Throws<ArgumentException>(() => new RulePolicy((_, _) => 0).Act(new(1, [0]), PolicyMemory.None, ref random, new(new ActionSpace.Box([0], [1]), 1)));
        Assert.Throws<ArgumentException>(() => new RulePolicy((_, values) => values.Clear()).Act(new(1, [0]), PolicyMemory.None, ref random, new(new ActionSpace.Discrete(2), 1)));
    }
}
