namespace Pilotage.Language.Tasks.Sequences;

/// <summary>Which problems <see cref="SortingTask"/> makes.</summary>
public sealed record SortingSettings
{
    /// <summary>How many numbers are to be sorted, drawn among these; the difficulty. Each in [2, 32].</summary>
    public IReadOnlyList<int> Lengths { get; init; } = [4, 6, 8];

    /// <summary>Numbers are drawn from 0 to this, in [1, 1000]; the same may come again.</summary>
    public int MaximumNumber { get; init; } = 30;

    /// <summary>Sizes and seed.</summary>
    public SplitSettings Splits { get; init; } = new();
}
