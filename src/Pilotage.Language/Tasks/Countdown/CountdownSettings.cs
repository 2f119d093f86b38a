namespace Pilotage.Language.Tasks.Countdown;

/// <summary>Which puzzles <see cref="CountdownTask"/> makes. Defaults: those of the laboratory that several systems share.</summary>
public sealed record CountdownSettings
{
    /// <summary>How many numbers a puzzle has, drawn among these; the difficulty. Each in [2, 5]: the solver tries all ways.</summary>
    public IReadOnlyList<int> Counts { get; init; } = [3, 4];

    /// <summary>Numbers are drawn from 1 to this, in [2, 1000].</summary>
    public int MaximumNumber { get; init; } = 15;

    /// <summary>Targets are from 1 to this, in [2, 1000].</summary>
    public int MaximumTarget { get; init; } = 60;

    /// <summary>Sizes and seed.</summary>
    public SplitSettings Splits { get; init; } = new();
}
