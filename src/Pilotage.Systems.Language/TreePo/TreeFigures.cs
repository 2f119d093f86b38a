using Pilotage.Language.Trees;

namespace Pilotage.Systems.Language.TreePo;

/// <summary>What the trees of one step look like.</summary>
/// <param name="Trees">Drawn.</param>
/// <param name="Leaves">Of all of them.</param>
/// <param name="Segments">Decoded, a tree.</param>
/// <param name="Depth">Mean depth of a leaf.</param>
/// <param name="Missing">Share of the leaves wanted that were not reached.</param>
/// <param name="Fallbacks">How often a tree fell back, on average.</param>
internal readonly record struct TreeFigures(int Trees, int Leaves, double Segments, double Depth, double Missing, double Fallbacks)
{
    /// <summary>Measures trees.</summary>
    /// <param name="trees">At least one.</param>
    public static TreeFigures Of(IReadOnlyList<RolloutTree> trees)
    {
        var (leaves, wanted) = (trees.Sum(tree => tree.Leaves.Count), trees.Sum(tree => tree.Wanted));
        return new(trees.Count, leaves, trees.Average(tree => tree.Segments), trees.Average(tree => tree.Leaves.Average(leaf => leaf.Depth)), 1 - (double)leaves / wanted, trees.Average(tree => tree.Fallbacks));
    }

    /// <summary>By name, as reports have them.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Named =>
        [new("groups_drawn", Trees), new("tree_segments", Segments), new("leaf_depth", Depth), new("missing_leaves", Missing), new("fallbacks", Fallbacks)];
}
