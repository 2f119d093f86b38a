namespace Pilotage.Language.Tasks;

/// <summary>How many problems a generated task makes, and from which seed.</summary>
public sealed record SplitSettings
{
    /// <summary>Problems to learn from, at least 1.</summary>
    public int Train { get; init; } = 20_000;

    /// <summary>Problems to choose settings on, at least 1.</summary>
    public int Validation { get; init; } = 500;

    /// <summary>Problems to report on, at least 1.</summary>
    public int Test { get; init; } = 500;

    /// <summary>Draws the problems. It moves none from a split to another: a problem's split depends on the problem alone.</summary>
    public long Seed { get; init; }

    /// <summary>Problems of a split.</summary>
    /// <param name="split">Which.</param>
    /// <returns>Its size.</returns>
    public int SizeOf(Split split) => split switch { Split.Train => Train, Split.Validation => Validation, _ => Test };
}
