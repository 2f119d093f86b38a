namespace Pilotage.Evaluation;

/// <summary>What a policy earned in each episode of an evaluation.</summary>
/// <param name="Returns">Undiscounted sum of rewards per episode, by row and then by time.</param>
/// <param name="Lengths">Steps per episode, in the same order.</param>
public sealed record EpisodeReturns(IReadOnlyList<double> Returns, IReadOnlyList<int> Lengths)
{
    /// <summary>Number of episodes.</summary>
    public int Count => Returns.Count;

    /// <summary>Mean return.</summary>
    public double Mean => Returns.Average();

    /// <summary>Mean length in steps.</summary>
    public double MeanLength => Lengths.Average();
}
