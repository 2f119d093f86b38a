using Pilotage.Credit;
using Pilotage.Language.Groups;

namespace Pilotage.Language.Trees;

/// <summary>A tree of answers to one problem.</summary>
/// <param name="Group">The leaves as a group; each answer's tag is its leaf's path.</param>
/// <param name="Root">The prompt.</param>
/// <param name="Leaves">The last segment of each answer, in the group's order.</param>
/// <param name="Wanted">Leaves that were wanted; there may be fewer where every path stopped early again and again.</param>
/// <param name="Fallbacks">How often a finished path was cut and grown again.</param>
public sealed record RolloutTree(ResponseGroup Group, TreeNode Root, IReadOnlyList<TreeNode> Leaves, int Wanted, int Fallbacks)
{
    /// <summary>Depth of the deepest leaf.</summary>
    public int Depth => Leaves.Max(leaf => leaf.Depth);

    /// <summary>Segments decoded.</summary>
    public int Segments => Nodes().Count() - 1;

    /// <summary>Credit of the leaves by their subgroups, before any normalisation.</summary>
    /// <param name="weighting">How levels share.</param>
    /// <param name="skipsLevel">Whether subgroups of equal rewards are left out.</param>
    /// <returns>One number for each leaf.</returns>
    public float[] Credit(SubgroupWeighting weighting, bool skipsLevel = false)
    {
        var advantages = new float[Leaves.Count];
        SubgroupScores.Of(Group.Rewards, Ancestors(), Depth, weighting, advantages, skipsLevel);
        return advantages;
    }

    /// <summary>Each leaf's reward less its subgroup's mean at each depth, and the subgroups' sizes; a leaf has as many as its depth.</summary>
    /// <param name="leaf">Which.</param>
    /// <returns>From the root on.</returns>
    public IReadOnlyList<(int Size, double Advantage)> Levels(int leaf)
    {
        var levels = new List<(int, double)>();
        foreach (var ancestor in Leaves[leaf].FromRoot().SkipLast(1))
        {
            var rewards = Leaves.Index().Where(other => other.Item.FromRoot().Contains(ancestor)).Select(other => (double)Group.Responses[other.Index].Reward).ToArray();
            levels.Add((rewards.Length, Group.Responses[leaf].Reward - rewards.Average()));
        }
        return levels;
    }

    /// <summary>All segments, the root first, a parent before its children.</summary>
    public IEnumerable<TreeNode> Nodes()
    {
        var open = new Stack<TreeNode>([Root]);
        while (open.TryPop(out var node))
        {
            yield return node;
            for (var i = node.Children.Count - 1; i >= 0; i--) open.Push(node.Children[i]);
        }
    }

    /// <summary>[leaves, depth], the leaf's own level left out: what <see cref="SubgroupScores"/> takes.</summary>
    private int[] Ancestors()
    {
        var numbers = Nodes().Index().ToDictionary(node => node.Item, node => node.Index);
        var ancestors = new int[Leaves.Count * Depth];
        Array.Fill(ancestors, -1);
        for (var leaf = 0; leaf < Leaves.Count; leaf++)
            foreach (var ancestor in Leaves[leaf].FromRoot().SkipLast(1)) ancestors[leaf * Depth + ancestor.Depth] = numbers[ancestor];
        return ancestors;
    }
}
