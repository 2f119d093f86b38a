namespace Pilotage.Systems.Control.DatasetPerspective;

/// <summary>A data set, and what each algorithm made of it.</summary>
/// <param name="Seed">The behaviour run that it comes from.</param>
/// <param name="Path">Environment and kind: <c>cartpole/expert</c>.</param>
/// <param name="Quality">TQ.</param>
/// <param name="Coverage">SACo.</param>
/// <param name="Scores">P by arm.</param>
internal sealed record ScoredDataset(int Seed, string Path, double Quality, double Coverage, IReadOnlyDictionary<string, double> Scores)
{
    public string Environment => Path[..Path.LastIndexOf('/')];

    public string Kind => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>Mean score of several algorithms.</summary>
    public double Mean(IReadOnlyList<string> algorithms) => algorithms.Average(name => Scores[name]);
}
