namespace Pilotage.Networks;

/// <summary>How the messages to a node, or the nodes of a graph, become one.</summary>
public enum Aggregation : byte
{
    /// <summary>Their sum: tells how many there are.</summary>
    Sum,

    /// <summary>Their mean; 0 of none.</summary>
    Mean,

    /// <summary>Their largest, number by number; 0 of none.</summary>
    Max,
}
