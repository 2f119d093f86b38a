namespace Pilotage.Language.Tasks.Arithmetic;

/// <summary>Which problems <see cref="StepsTask"/> makes. Defaults: four to six operations, at most 59 characters with the end.</summary>
public sealed record StepsSettings
{
    /// <summary>How many operations a problem has, drawn among these; the difficulty. Each in [1, 16].</summary>
    public IReadOnlyList<int> Operations { get; init; } = [4, 5, 6];

    /// <summary>Sizes and seed.</summary>
    public SplitSettings Splits { get; init; } = new();
}
