using Pilotage.Evaluation;

namespace Pilotage.Systems.Language.R2vpo;

/// <summary>The search for a rare string with clips, with the bound and with nothing, at several step sizes. A search's seed is its instance.</summary>
/// <param name="config">Settings.</param>
internal sealed class RareArms(R2vpoConfig config)
{
    public const string Clip = "rare-clip", Higher = "rare-clip-higher", Fixed = "rare-r2vpo-fixed", Dual = "rare-r2vpo", Free = "rare-no-constraint";

    /// <summary>All arms.</summary>
    public IReadOnlyList<Arm> All() =>
    [
        Of(Clip, ArmKind.Baseline, RareRule.Clipped((float)config.ClipRadius, (float)config.ClipRadius)),
        Of(Higher, ArmKind.Baseline, RareRule.Clipped((float)config.ClipRadius, (float)config.HigherClipRadius)),
        Of(Free, ArmKind.Baseline, RareRule.Variance(() => new(0, 0, config.Constraint.Bound))),
        Of(Fixed, ArmKind.Method, RareRule.Variance(() => new(config.FixedMultiplier, 0, config.Constraint.Bound))),
        Of(Dual, ArmKind.Method, RareRule.Variance(config.Constraint.MakeDual)),
    ];

    /// <summary>What staying where one is measures: the string is never found.</summary>
    public IEnumerable<Measurement> Staying() =>
        config.RareLearningRates.SelectMany(rate => Enumerable.Range(0, config.RareSearches).Select(i => new Measurement(R2vpoMetrics.RareSteps(rate), Name(i), config.RareSteps)));

    private Arm Of(string name, ArmKind kind, RareRule rule) => new(name, kind, (trial, cancellation) =>
    {
        var measured = new List<Measurement>();
        foreach (var rate in config.RareLearningRates)
        {
            var search = new RareString(rate, config.RareSteps);
            for (var i = 0; i < config.RareSearches; i++)
            {
                var figures = search.Run(rule, trial.Seeds.Branch("searches").Branch(i), cancellation);
                var place = FormattableString.Invariant($"{rate}/{i:D3}");
                measured.Add(new(R2vpoMetrics.RareSteps(rate), Name(i), figures.Steps));
                measured.Add(new(R2vpoMetrics.RareClipped, place, figures.ClipFraction));
                measured.Add(new(R2vpoMetrics.RareVariance, place, figures.Variance));
                if (i == 0) measured.AddRange(figures.Probability.Select((probability, step) => new Measurement(R2vpoMetrics.RareCurve, FormattableString.Invariant($"{rate}/{step + 1:D4}"), probability)));
            }
        }
        return measured;
    })
    { IsDeterministic = true };

    private static string Name(int search) => FormattableString.Invariant($"search/{search:D3}");
}
