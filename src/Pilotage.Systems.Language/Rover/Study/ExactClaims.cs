using Pilotage.Evaluation;

namespace Pilotage.Systems.Language.Rover;

/// <summary>The theorems, and what is lost where their conditions are broken, as the worst of all trees without interval.</summary>
/// <param name="trees">Trees of each kind.</param>
/// <param name="temperatures">Of the softmax planner.</param>
internal sealed class ExactClaims(int trees, IReadOnlyList<double> temperatures)
{
    private const double Rounding = 1e-10;

    /// <summary>All claims.</summary>
    public IReadOnlyList<Claim> All() =>
    [
        Worst("a-greedy", "Greedy choices by the value of random choices succeed on every tree that has a success", "arXiv:2509.24981, theorem 3.1", results =>
            results.Values(ExactArms.Greedy, 0, RoverMetrics.Regret).Values.Max(), Region.Below(Rounding)),
        Worst("a-bound", "No softmax planner falls below its bound", "arXiv:2509.24981, theorem 3.2", results =>
            temperatures.Min(temperature => results.Values(ExactArms.Softmax(temperature), 0, RoverMetrics.Slack).Values.Min()), Region.Above(-Rounding)),
        Worst("a-partial", "Where ends pay 0, a half or 1, greedy choices lose on some tree (the largest loss)", "conditions of theorem 3.1", results =>
            results.Values(ExactArms.Greedy, 0, RoverMetrics.PartialRegret).Values.Max(), Region.Above(Rounding)),
        Worst("a-stochastic", "Where choices lead where chance will have it, greedy choices lose on some tree (the largest loss)", "conditions of theorem 3.1", results =>
            results.Values(ExactArms.Greedy, 0, RoverMetrics.StochasticRegret).Values.Max(), Region.Above(Rounding)),
    ];

    private Claim Worst(string id, string text, string source, Func<StudyResults, double> worst, Region holds) => new(id, text, source, Replication.Instance, results =>
    {
        var value = worst(results);
        return new(value, value, value, trees, SmallestAttainableP: 0) { Test = FormattableString.Invariant($"worst of {trees} trees") };
    }, holds, MinimumUnits: 1);
}
