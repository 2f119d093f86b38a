namespace Pilotage.Language.Tasks;

/// <summary>Which problems: no prompt is in two of them.</summary>
public enum Split : byte
{
    /// <summary>To learn from.</summary>
    Train,

    /// <summary>To choose settings on.</summary>
    Validation,

    /// <summary>To report on.</summary>
    Test,
}
