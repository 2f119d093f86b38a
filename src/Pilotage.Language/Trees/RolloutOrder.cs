namespace Pilotage.Language.Trees;

/// <summary>Leaves in the order of the tree, first children first.</summary>
internal sealed class RolloutOrder
{
    private readonly Dictionary<TreeNode, int> _places = [];

    public RolloutOrder(TreeNode root) => Visit(root);

    public IReadOnlyList<GrowingPath> Sort(IEnumerable<GrowingPath> leaves) => [.. leaves.OrderBy(leaf => _places[leaf.Node])];

    private void Visit(TreeNode root)
    {
        var open = new Stack<TreeNode>([root]);
        while (open.TryPop(out var node))
        {
            _places.Add(node, _places.Count);
            for (var i = node.Children.Count - 1; i >= 0; i--) open.Push(node.Children[i]);
        }
    }
}
