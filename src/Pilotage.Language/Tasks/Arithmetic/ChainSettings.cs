namespace Pilotage.Language.Tasks.Arithmetic;

/// <summary>Which problems <see cref="ChainTask"/> makes.</summary>
public sealed record ChainSettings
{
    /// <summary>How many operations a problem has, drawn among these; the difficulty. Each in [1, 16].</summary>
    public IReadOnlyList<int> Operations { get; init; } = [3];

    /// <summary>Sizes and seed.</summary>
    public SplitSettings Splits { get; init; } = new();
}
