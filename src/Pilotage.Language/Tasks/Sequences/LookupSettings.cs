namespace Pilotage.Language.Tasks.Sequences;

/// <summary>Which problems <see cref="LookupTask"/> makes.</summary>
public sealed record LookupSettings
{
    /// <summary>How many facts are followed, drawn among these; the difficulty. Each in [1, <see cref="Facts"/>].</summary>
    public IReadOnlyList<int> Hops { get; init; } = [1, 2, 3];

    /// <summary>Facts that the prompt tells, in [2, 25].</summary>
    public int Facts { get; init; } = 6;

    /// <summary>Sizes and seed.</summary>
    public SplitSettings Splits { get; init; } = new();
}
