namespace Pilotage.Systems.Language.Rover;

/// <summary>A node of a tree of choices with the value that uniform random choices have from here on, found as the tree is built: backward induction.</summary>
/// <remarks>Q(s, a) of the uniform policy is <see cref="UniformValue"/> of the child, as the reward comes at the end and nothing is discounted. Immutable; a node may have several parents.</remarks>
public sealed class TreeNode
{
    private readonly double[]? _chances;

    private TreeNode(IReadOnlyList<TreeNode> children, double[]? chances, double reward)
    {
        (Children, _chances, Reward) = (children, chances, reward);
        UniformValue = children.Count == 0 ? reward : chances is null ? children.Average(child => child.UniformValue) : Expected(child => child.UniformValue);
        BestValue = children.Count == 0 ? reward : chances is null ? children.Max(child => child.BestValue) : Expected(child => child.BestValue);
    }

    /// <summary>Where the choices, or chance, lead; empty at an end.</summary>
    public IReadOnlyList<TreeNode> Children { get; }

    /// <summary>What an end pays; 0 elsewhere.</summary>
    public double Reward { get; }

    /// <summary>Whether nothing follows.</summary>
    public bool IsEnd => Children.Count == 0;

    /// <summary>Whether chance chooses here: then theorem 3.1 does not apply.</summary>
    public bool IsChance => _chances is not null;

    /// <summary>V of uniform random choices: the probability of success times its reward.</summary>
    public double UniformValue { get; }

    /// <summary>V of the best choices.</summary>
    public double BestValue { get; }

    /// <summary>An end.</summary>
    /// <param name="reward">At least 0, finite.</param>
    /// <returns>The node.</returns>
    /// <exception cref="ArgumentException">The reward is negative or not finite.</exception>
    public static TreeNode End(double reward) => reward >= 0 && double.IsFinite(reward)
        ? new([], null, reward)
        : throw new ArgumentException(FormattableString.Invariant($"TreeNode: an end pays {reward}; wanted a finite number of at least 0."), nameof(reward));

    /// <summary>A choice.</summary>
    /// <param name="children">At least one.</param>
    /// <returns>The node.</returns>
    /// <exception cref="ArgumentException">There are no children.</exception>
    public static TreeNode Choice(params IReadOnlyList<TreeNode> children) => children.Count > 0
        ? new(children, null, 0)
        : throw new ArgumentException("TreeNode: a choice has no children; wanted at least one.", nameof(children));

    /// <summary>A throw of dice.</summary>
    /// <param name="children">At least one.</param>
    /// <param name="chances">Probability of each, at least 0, sum 1.</param>
    /// <returns>The node.</returns>
    /// <exception cref="ArgumentException">The numbers do not fit.</exception>
    public static TreeNode Chance(IReadOnlyList<TreeNode> children, params IReadOnlyList<double> chances) =>
        children.Count > 0 && children.Count == chances.Count && chances.All(chance => chance >= 0) && Math.Abs(chances.Sum() - 1) < 1e-9
            ? new(children, [.. chances], 0)
            : throw new ArgumentException($"TreeNode: {children.Count} children with chances {string.Join(", ", chances)}; wanted as many, each at least 0, with sum 1.", nameof(chances));

    /// <summary>Lays out an environment.</summary>
    /// <typeparam name="TState">A state.</typeparam>
    /// <param name="environment">Finite.</param>
    /// <param name="maximumNodes">A larger tree is refused.</param>
    /// <returns>The root.</returns>
    /// <exception cref="UserMistakeException">The tree is larger, or an end pays a negative number.</exception>
    public static TreeNode Of<TState>(ITreeEnvironment<TState> environment, int maximumNodes = 5_000_000)
    {
        var nodes = 0;
        return Build(environment.Root);

        TreeNode Build(TState state)
        {
            if (++nodes > maximumNodes)
                throw new UserMistakeException(new Mistake("PIL1873", $"The tree has more than {maximumNodes} nodes.", "", "Cut its depth or its choices: the exact planner visits every node.").ToString());
            var choices = environment.Choices(state);
            if (choices == 0) return End(environment.Reward(state));
            var children = new TreeNode[choices];
            for (var choice = 0; choice < choices; choice++) children[choice] = Build(environment.Next(state, choice));
            return Choice(children);
        }
    }

    /// <summary>The mean over chance's children.</summary>
    internal double Expected(Func<TreeNode, double> value)
    {
        var sum = 0.0;
        for (var i = 0; i < Children.Count; i++) sum += _chances![i] * value(Children[i]);
        return sum;
    }
}
