using Pilotage.Evaluation;
using Pilotage.Evaluation.Statistics;

namespace Pilotage.Systems.Language.Rover;

/// <summary>What the paper's figure 5 shows, over training seeds. Shares have Wilson's interval.</summary>
/// <param name="seeds">Trainings of each learner.</param>
internal sealed class ToyClaims(int seeds)
{
    /// <summary>The share of seeds that must be shown to end with all ways: what 18 of 20 show at 95 %, one-sided.</summary>
    public const double Required = 0.7;

    private const string Source = "arXiv:2509.24981, figure 5; bar of this bench";
    private const double Level = 0.05;

    /// <summary>All claims.</summary>
    public IReadOnlyList<Claim> All() =>
    [
        Share("b-rover", FormattableString.Invariant($"Learned from samples, the method ends with all four ways and success 0.98 in more than {Required} of the seeds"), ToyArms.Rover, RoverMetrics.Complete, value => value == 1, Required),
        Share("b-q-learning", "Q-learning ends with fewer than four ways in a majority of seeds", ToyArms.Values, RoverMetrics.Modes, value => value < 4, 0.5),
        Share("b-grpo", "The clipped surrogate with standardised rewards ends with fewer than four ways in a majority of seeds", ToyArms.Grpo, RoverMetrics.Modes, value => value < 4, 0.5),
        Share("b-reinforce", "... and so does the policy gradient with the group's mean", ToyArms.Reinforce, RoverMetrics.Modes, value => value < 4, 0.5),
        new EffectRule { Unit = Replication.Instance, PlannedUnits = seeds, Sides = Sides.One }.Claim("b-successor", "Without the successor term fewer ways survive", "arXiv:2509.24981, ablation of beta; bar of this bench", Region.Above(0),
            (results, rule) => PairedEffect.Of(results, ToyArms.Rover, ToyArms.NoSuccessor, RoverMetrics.Modes, rule), minimumUnits: 8),
    ];

    private Claim Share(string id, string text, string arm, string metric, Func<double, bool> counts, double required) => new(id, text, Source, Replication.Instance, results =>
    {
        var values = results.Values(arm, 0, metric).Values.ToList();
        var yes = values.Count(counts);
        var interval = Proportion.Wilson(yes, values.Count, Level);
        return new((double)yes / values.Count, interval.Low, interval.High, values.Count, SmallestAttainableP: 0)
        {
            Test = FormattableString.Invariant($"{yes} of {values.Count} seeds; Wilson's score interval, one-sided"),
        };
    }, Region.Above(required), MinimumUnits: 8)
    { Level = Level, PlannedUnits = seeds };
}
