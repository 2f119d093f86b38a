namespace Pilotage.Language.Trees;

/// <summary>A segment of a tree: what was decoded behind its parent. The root is the prompt.</summary>
public sealed class TreeNode
{
    private readonly List<TreeNode> _children = [];

    /// <summary>A root.</summary>
    internal TreeNode(SeedTree seeds) => Seeds = seeds;

    /// <summary>A further child.</summary>
    internal TreeNode(TreeNode parent)
    {
        (Parent, Depth, Index) = (parent, parent.Depth + 1, parent._children.Count);
        Seeds = parent.Seeds.Branch(Index);
        parent._children.Add(this);
    }

    /// <summary>The segment before; <see langword="null"/> for the root.</summary>
    public TreeNode? Parent { get; }

    /// <summary>Segments before it; 0 for the root.</summary>
    public int Depth { get; }

    /// <summary>Which of its parent's children it is, from 0.</summary>
    public int Index { get; }

    /// <summary>What was decoded behind it.</summary>
    public IReadOnlyList<TreeNode> Children => _children;

    /// <summary>Tokens of the segment; 0 for the root.</summary>
    public int Tokens { get; internal set; }

    /// <summary>What draws the segment where it is a fork's.</summary>
    internal SeedTree Seeds { get; }

    /// <summary>Mean of the log-probabilities of the segment's tokens.</summary>
    public double MeanLogProbability { get; internal set; }

    /// <summary>Children's indices from the root on, as <c>0/2/1</c>; empty for the root.</summary>
    public string Path => Parent is null ? "" : Parent.Parent is null ? $"{Index}" : $"{Parent.Path}/{Index}";

    /// <summary>The segment and those before it, the root first.</summary>
    /// <returns>One more than its depth.</returns>
    public IReadOnlyList<TreeNode> FromRoot()
    {
        var nodes = new TreeNode[Depth + 1];
        for (var node = this; node is not null; node = node.Parent) nodes[node.Depth] = node;
        return nodes;
    }
}
