namespace Pilotage.Language.Tasks.Arithmetic;

/// <summary>Which problems <see cref="SumsTask"/> makes.</summary>
public sealed record SumsSettings
{
    /// <summary>How many additions a problem has, drawn among these; the difficulty. Each in [1, 12].</summary>
    public IReadOnlyList<int> Additions { get; init; } = [1, 2, 3, 4, 5, 6];

    /// <summary>Sizes and seed.</summary>
    public SplitSettings Splits { get; init; } = new();
}
