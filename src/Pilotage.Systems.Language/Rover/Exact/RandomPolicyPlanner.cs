using Pilotage.Numerics;

namespace Pilotage.Systems.Language.Rover;

/// <summary>Policies that choose by the value of uniform random choices, evaluated exactly.</summary>
/// <remarks>
/// Source: arXiv:2509.24981, theorems 3.1 and 3.2. With choices that lead to one state each and rewards 0 or R at the end, the greedy one is optimal: a choice of value above 0 keeps success
/// within reach. The softmax one, pi(a|s) proportional to exp(Q(s, a) / rho), keeps every way to success and comes near to R as rho falls.
/// </remarks>
public static class RandomPolicyPlanner
{
    /// <summary>The choices of the largest value, the first of equal ones.</summary>
    /// <param name="root">Where to begin.</param>
    /// <returns>The choices to the end, chance left out; empty at an end. Behind chance the first child is followed.</returns>
    public static IReadOnlyList<int> GreedyPath(TreeNode root)
    {
        var path = new List<int>();
        for (var node = root; !node.IsEnd; node = node.Children[node.IsChance ? 0 : path[^1]])
            if (!node.IsChance) path.Add(Best(node));
        return path;
    }

    /// <summary>Expected reward of the greedy choices.</summary>
    /// <param name="node">Where to begin.</param>
    /// <returns>R on every tree of theorem 3.1 that has a success at all.</returns>
    public static double GreedyValue(TreeNode node) => node.IsEnd ? node.Reward : node.IsChance ? node.Expected(GreedyValue) : GreedyValue(node.Children[Best(node)]);

    /// <summary>Expected reward of the softmax choices.</summary>
    /// <param name="node">Where to begin.</param>
    /// <param name="temperature">rho, above 0, in the unit of the rewards.</param>
    /// <returns>At most the best value.</returns>
    public static double SoftmaxValue(TreeNode node, double temperature)
    {
        if (node.IsEnd) return node.Reward;
        if (node.IsChance) return node.Expected(child => SoftmaxValue(child, temperature));
        var (sum, choices) = (0.0, Softmax(node, temperature));
        for (var a = 0; a < choices.Length; a++) sum += choices[a] * SoftmaxValue(node.Children[a], temperature);
        return sum;
    }

    /// <summary>The lower bound of theorem 3.2 on <see cref="SoftmaxValue"/>: R (1 - sum over key states of their probability times N / (N + exp(max Q / rho))).</summary>
    /// <param name="root">Without chance; every end pays 0 or R.</param>
    /// <param name="temperature">rho, above 0.</param>
    /// <param name="success">R, above 0.</param>
    /// <returns>The bound. Key states are those with N choices of value 0, where 1 &lt;= N &lt; all.</returns>
    public static double Bound(TreeNode root, double temperature, double success = 1)
    {
        return success * (1 - Loss(root, 1));

        double Loss(TreeNode node, double probability)
        {
            if (node.IsEnd) return 0;
            var zeros = node.Children.Count(child => child.UniformValue == 0);
            var loss = 0.0;
            if (zeros > 0 && zeros < node.Children.Count) loss = probability * zeros / (zeros + Exponential.Exp(node.Children.Max(child => child.UniformValue) / temperature));
            var choices = Softmax(node, temperature);
            for (var a = 0; a < choices.Length; a++) loss += Loss(node.Children[a], probability * choices[a]);
            return loss;
        }
    }

    /// <summary>Probabilities of the softmax choices.</summary>
    /// <param name="node">A choice.</param>
    /// <param name="temperature">rho, above 0.</param>
    /// <returns>One for each child, sum 1.</returns>
    public static double[] Softmax(TreeNode node, double temperature)
    {
        var largest = node.Children.Max(child => child.UniformValue);
        double[] weights = [.. node.Children.Select(child => Exponential.Exp((child.UniformValue - largest) / temperature))];
        var sum = weights.Sum();
        return [.. weights.Select(weight => weight / sum)];
    }

    private static int Best(TreeNode node)
    {
        var best = 0;
        for (var a = 1; a < node.Children.Count; a++) if (node.Children[a].UniformValue > node.Children[best].UniformValue) best = a;
        return best;
    }
}
