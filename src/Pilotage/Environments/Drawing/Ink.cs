namespace Pilotage.Environments.Drawing;

/// <summary>What a shape is, which gives its colour; whoever paints decides which.</summary>
public enum Ink : byte
{
    /// <summary>The background.</summary>
    Paper,

    /// <summary>What does not move: tracks, hills, pivots.</summary>
    Ground,

    /// <summary>What is steered.</summary>
    Body,

    /// <summary>What moves because of it.</summary>
    Limb,

    /// <summary>Where it is to go.</summary>
    Goal,
}
