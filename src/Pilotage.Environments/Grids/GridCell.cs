namespace Pilotage.Environments.Grids;

/// <summary>What stands in a cell, by the numbers that MiniGrid gives to kinds of objects.</summary>
internal enum GridCell : byte
{
    /// <summary>Not seen from where the agent stands.</summary>
    Unseen = 0,

    /// <summary>Nothing.</summary>
    Empty = 1,

    /// <summary>Stops the agent and its sight.</summary>
    Wall = 2,

    /// <summary>Stops the agent.</summary>
    Ball = 6,

    /// <summary>Ends the episode with a reward.</summary>
    Goal = 8,

    /// <summary>Ends the episode without one.</summary>
    Lava = 9,
}
