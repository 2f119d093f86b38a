namespace Pilotage.Datasets;

/// <summary>What a file of transitions cannot say itself.</summary>
public sealed record DatasetReading
{
    /// <summary>Number of discrete actions (A); <see langword="null"/> to take what the file says of itself, else one more than the largest action in it, which misses actions that were never taken.</summary>
    public int? ActionCount { get; init; }
}
