namespace Pilotage.Environments.Arcade;

/// <summary>What a player can do; the order is that of MinAtar's six actions.</summary>
internal enum Button : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>To the left.</summary>
    Left,

    /// <summary>Upwards.</summary>
    Up,

    /// <summary>To the right.</summary>
    Right,

    /// <summary>Downwards.</summary>
    Down,

    /// <summary>Shoot.</summary>
    Fire,
}
