namespace Pilotage.Systems.Language.Rover;

/// <summary>Trees to hold the theorems against, and others that break one of their conditions.</summary>
internal static class RandomTrees
{
    /// <summary>Two to five choices everywhere, depth 2 to 6, one to five successes.</summary>
    /// <param name="random">Drawn from.</param>
    /// <param name="successes">How many ends succeed.</param>
    public static TreeNode Draw(ref Randomness random, out int successes)
    {
        var (branching, depth) = (2 + random.NextInt(4), 2 + random.NextInt(5));
        var ends = Power(branching, depth);
        var rewards = new double[ends];
        successes = Math.Min(1 + random.NextInt(5), ends);
        for (var placed = 0; placed < successes;)
        {
            var end = random.NextInt(ends);
            if (rewards[end] > 0) continue;
            rewards[end] = 1;
            placed++;
        }
        return Build(rewards, branching);
    }

    /// <summary>Rewards of 0, a half and 1 at equal chance: choices lead to one state each, but a little from many ends outweighs much from one.</summary>
    /// <param name="random">Drawn from.</param>
    public static TreeNode DrawPartialRewards(ref Randomness random)
    {
        var (branching, depth) = (2 + random.NextInt(3), 2 + random.NextInt(3));
        var rewards = new double[Power(branching, depth)];
        for (var i = 0; i < rewards.Length; i++) rewards[i] = random.NextInt(3) / 2.0;
        return Build(rewards, branching);
    }

    /// <summary>Rewards of 0 and 1, but each choice leads where chance will have it.</summary>
    /// <param name="random">Drawn from.</param>
    public static TreeNode DrawStochastic(ref Randomness random) => DrawStochastic(ref random, 2 + random.NextInt(2));

    /// <summary>The smallest tree where partial rewards mislead: two ends of 0.6 against one of 1 beside one of 0.</summary>
    public static TreeNode PartialRewards() => TreeNode.Choice(TreeNode.Choice(TreeNode.End(0.6), TreeNode.End(0.6)), TreeNode.Choice(TreeNode.End(1), TreeNode.End(0)));

    /// <summary>The smallest tree where chance misleads: even odds against a success that one of four choices has for certain.</summary>
    public static TreeNode Stochastic() => TreeNode.Choice(
        TreeNode.Chance([TreeNode.End(1), TreeNode.End(0)], 0.5, 0.5), TreeNode.Choice(TreeNode.End(1), TreeNode.End(0), TreeNode.End(0), TreeNode.End(0)));

    private static TreeNode DrawStochastic(ref Randomness random, int depth)
    {
        if (depth == 0) return TreeNode.End(random.NextInt(4) == 0 ? 1 : 0);
        var choices = new TreeNode[2 + random.NextInt(2)];
        for (var a = 0; a < choices.Length; a++)
        {
            var chance = random.NextUniform(0.1, 0.9);
            choices[a] = TreeNode.Chance([DrawStochastic(ref random, depth - 1), DrawStochastic(ref random, depth - 1)], chance, 1 - chance);
        }
        return TreeNode.Choice(choices);
    }

    private static TreeNode Build(ReadOnlySpan<double> rewards, int branching)
    {
        if (rewards.Length == 1) return TreeNode.End(rewards[0]);
        var (children, part) = (new TreeNode[branching], rewards.Length / branching);
        for (var a = 0; a < branching; a++) children[a] = Build(rewards.Slice(a * part, part), branching);
        return TreeNode.Choice(children);
    }

    private static int Power(int value, int exponent) => exponent == 0 ? 1 : value * Power(value, exponent - 1);
}
