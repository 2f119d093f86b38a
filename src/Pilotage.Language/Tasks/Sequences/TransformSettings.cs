namespace Pilotage.Language.Tasks.Sequences;

/// <summary>Which problems <see cref="TransformTask"/> makes.</summary>
public sealed record TransformSettings
{
    /// <summary>How many transforms follow each other, drawn among these; the difficulty. Each in [1, 4].</summary>
    public IReadOnlyList<int> Transforms { get; init; } = [1, 2, 3];

    /// <summary>Letters of the text, in [2, 12].</summary>
    public int Length { get; init; } = 4;

    /// <summary>Sizes and seed.</summary>
    public SplitSettings Splits { get; init; } = new();
}
