namespace Pilotage.Systems.Language.TreePo;

/// <summary>How the leaves of a tree are compared.</summary>
public enum TreeAdvantage : byte
{
    /// <summary>With those that share an ancestor, the same weight for each depth: the paper's eq. 5.</summary>
    Average,

    /// <summary>The same, each depth weighted by how many leaves share the ancestor.</summary>
    Size,

    /// <summary>The same as the average, without the whole group.</summary>
    NoRoot,

    /// <summary>With the whole group, divided by its deviation: GRPO, whatever the tree.</summary>
    Group,
}
