namespace Pilotage.Systems.Language.Rover;

/// <summary>What a policy of the toy is worth.</summary>
/// <param name="Success">Probability of a right string.</param>
/// <param name="Modes">Right strings of probability above 0.05.</param>
internal readonly record struct ToyFigures(double Success, int Modes)
{
    private const double ModeProbability = 0.05;

    /// <summary>Of the probabilities of the right strings.</summary>
    /// <param name="probabilities">One for each.</param>
    public static ToyFigures Of(IReadOnlyList<double> probabilities) => new(probabilities.Sum(), probabilities.Count(probability => probability > ModeProbability));
}
