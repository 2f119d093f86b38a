namespace Pilotage.Systems.Control.DatasetPerspective;

/// <summary>The algorithms by what the paper expects of them.</summary>
internal static class Families
{
    public const string Cloning = "bc", DoubleQ = "dqn";

    public static readonly IReadOnlyList<string> OffPolicy = ["dqn", "qr-dqn", "rem"];

    public static readonly IReadOnlyList<string> Constrained = ["bcq", "cql", "crr"];

    /// <summary>Those that claims speak of.</summary>
    public static readonly IReadOnlyList<string> Claimed = [Cloning, .. OffPolicy, .. Constrained];
}
