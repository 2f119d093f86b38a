using Pilotage.Environments;
using Pilotage.Policies;
using Xunit;

namespace Pilotage.Tests.Policies;

public sealed class RandomPolicyTests
{
    private const int Rows = 6000;

    [Fact]
    public void Act_MaskedChoice_IsUniformOverTheLegalActions()
    {
        var actions = Draw(new ActionSpace.Discrete(4, Masked: true), [true, false, true, true]);

        int[] counts = [.. Enumerable.Range(0, 4).Select(index => actions.Indices.Count(index))];
        Assert.Equal(0, counts[1]);
        foreach (var index in new[] { 0, 2, 3 }) Assert.InRange(counts[index], 1830, 2170);      // 2000 ± 4.6 standard deviations of 36.5
    }

    [Fact]
    public void Act_SeveralMaskedChoices_EachFollowsItsPartOfTheMask()
    {
        var actions = Draw(new ActionSpace.MultiDiscrete([2, 3], Masked: true), [false, true, true, false, true]);

        for (var row = 0; row < Rows; row++)
        {
            Assert.Equal(1, actions.Indices[row * 2]);
            Assert.NotEqual(1, actions.Indices[row * 2 + 1]);
        }
        Assert.True(actions.Indices.Contains(0) && actions.Indices.Contains(2));
    }

    [Fact]
    public void Act_UnmaskedChoices_ReachAllActions()
    {
        var actions = Draw(new ActionSpace.MultiDiscrete([2, 3]), []);
        for (var choice = 0; choice < 2; choice++)
        {
            var seen = Enumerable.Range(0, Rows).Select(row => actions.Indices[row * 2 + choice]).Distinct().Order().ToArray();
            Assert.Equal(Enumerable.Range(0, 2 + choice), seen);
        }
    }

    [Fact]
    public void Act_Composite_DrawsBothPartsUnderTheMask()
    {
        var actions = Draw(new ActionSpace.Composite(new([2, 3], Masked: true), new([-1], [3])), [false, true, true, false, true]);

        for (var row = 0; row < Rows; row++)
        {
            Assert.Equal(1, actions.Indices[row * 2]);
            Assert.NotEqual(1, actions.Indices[row * 2 + 1]);
        }
        Assert.InRange(actions.Values.ToArray().Min(), -1, -0.99f);
        Assert.InRange(actions.Values.ToArray().Max(), 2.99f, 3);
    }

    [Fact]
    public void Act_Box_FillsTheWholeBox()
    {
        var actions = Draw(new ActionSpace.Box([-2, 10], [2, 11]), []);
        var (first, second) = (Dimension(0), Dimension(1));

        Assert.InRange(first.Min(), -2, -1.99f);
        Assert.InRange(first.Max(), 1.99f, 2);
        Assert.Equal(0, first.Average(), 0.07);
        Assert.InRange(second.Min(), 10, 10.01f);
        Assert.InRange(second.Max(), 10.99f, 11);

        float[] Dimension(int i) => [.. Enumerable.Range(0, Rows).Select(row => actions.Values[row * 2 + i])];
    }

    [Fact]
    public void Act_InactiveRow_LeavesItsActionAlone()
    {
        var actions = new ActionBatch(new ActionSpace.Discrete(1), 2);
        actions.Indices.Fill(-7);
        var random = SeedTree.Root(1).Start();
        new RandomPolicy().Act(new(2, [0, 0], default, [false, true]), PolicyMemory.None, ref random, actions);

        Assert.Equal([-7, 0], actions.Indices.ToArray());
    }

    private static ActionBatch Draw(ActionSpace space, bool[] legal)
    {
        var actions = new ActionBatch(space, Rows);
        var random = SeedTree.Root(1).Start();
        bool[] masks = [.. Enumerable.Repeat(legal, Rows).SelectMany(mask => mask)];
        new RandomPolicy().Act(new(Rows, new float[Rows], masks), PolicyMemory.None, ref random, actions);
        return actions;
    }
}
