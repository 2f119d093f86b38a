using Pilotage.Evaluation;
using Pilotage.Training;

namespace Pilotage.Systems.Language.R2vpo;

/// <summary>Random decisions with known values: the constrained optimum, the method's two ways to it, and the clip's optimum.</summary>
/// <param name="config">Settings.</param>
internal sealed class ExactArms(R2vpoConfig config)
{
    public const string Optimum = "exact-optimum", Dual = "exact-dual", Natural = "exact-natural", Clip = "exact-clip";

    private const int DualSteps = 40_000, NaturalSteps = 20_000;
    private const double DualRate = 0.1, NaturalRate = 0.5;    // at 0.5 ascent on solved policies swings round the multiplier of one decision in 500
    private const double StepSize = 0.05;                 // of the natural gradient: the multiplier ends between 0.4 and 5

    /// <summary>All arms.</summary>
    public IReadOnlyList<Arm> All() =>
    [
        Of(Optimum, ArmKind.Baseline, OfOptimum),
        Of(Clip, ArmKind.Baseline, OfClip),
        Of(Dual, ArmKind.Method, (bandit, instance) => OfAscent(bandit, instance, DualRate, (dual, ratios) => PrimalDual.SolveThenAscend(bandit, dual, DualSteps, ratios))),
        Of(Natural, ArmKind.Method, (bandit, instance) => OfAscent(bandit, instance, NaturalRate, (dual, ratios) => PrimalDual.StepThenAscend(bandit, dual, StepSize, NaturalSteps, ratios))),
    ];

    /// <summary>What staying where one is measures.</summary>
    /// <param name="seeds">The trial's.</param>
    public IEnumerable<Measurement> Staying(SeedTree seeds) => Each(seeds, (bandit, instance) => Update(bandit, instance, [.. bandit.Probabilities.Select(_ => 1.0)]), CancellationToken.None);

    private Arm Of(string name, ArmKind kind, Func<Bandit, string, IEnumerable<Measurement>> measure) =>
        new(name, kind, (trial, cancellation) => [.. Each(trial.Seeds, measure, cancellation)]) { IsDeterministic = true };

    private IEnumerable<Measurement> Each(SeedTree seeds, Func<Bandit, string, IEnumerable<Measurement>> measure, CancellationToken cancellation)
    {
        for (var i = 0; i < config.Bandits; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var random = seeds.Branch("bandits").Branch(i).Start();                       // the same for every arm
            foreach (var measurement in measure(Bandit.Draw(ref random), FormattableString.Invariant($"bandit/{i:D4}"))) yield return measurement;
        }
    }

    private IEnumerable<Measurement> OfOptimum(Bandit bandit, string instance)
    {
        var (ratios, clipped, matched) = (new double[bandit.Count], new double[bandit.Count], new double[bandit.Count]);
        var lambda = VarianceStep.Solve(bandit, ratios);
        ClipStep.Solve(bandit, config.ClipRadius, clipped);
        VarianceStep.Solve(new(bandit.Probabilities, bandit.Advantages, bandit.Variance(clipped)), matched);
        return
        [
            .. Update(bandit, instance, ratios), .. Error(bandit, instance, ratios),
            new(R2vpoMetrics.Optimality, instance, VarianceStep.OptimalityError(bandit, ratios, lambda)), new(R2vpoMetrics.Matched, instance, bandit.Gain(matched)),
        ];
    }

    private IEnumerable<Measurement> OfClip(Bandit bandit, string instance)
    {
        var ratios = new double[bandit.Count];
        ClipStep.Solve(bandit, config.ClipRadius, ratios);
        return [.. Update(bandit, instance, ratios), new(R2vpoMetrics.Matched, instance, bandit.Gain(ratios))];
    }

    private IEnumerable<Measurement> OfAscent(Bandit bandit, string instance, double rate, Action<DualVariable, double[]> ascend)
    {
        var (dual, ratios) = (new DualVariable(config.Constraint.InitialMultiplier, rate, bandit.Bound, config.Constraint.MaximumMultiplier), new double[bandit.Count]);
        ascend(dual, ratios);
        return [.. Update(bandit, instance, ratios), .. Error(bandit, instance, ratios)];
    }

    private static IEnumerable<Measurement> Update(Bandit bandit, string instance, double[] ratios) =>
    [
        new(R2vpoMetrics.Gain, instance, bandit.Gain(ratios)), new(R2vpoMetrics.Variance, instance, bandit.Variance(ratios)), new(R2vpoMetrics.Divergence, instance, bandit.Divergence(ratios)),
    ];

    // Against the optimum by the active set. Where the bound does not bind, only what is above it is an error.
    private static IEnumerable<Measurement> Error(Bandit bandit, string instance, double[] ratios)
    {
        var best = new double[bandit.Count];
        var isBinding = VarianceStep.Solve(bandit, best) > 0;
        var excess = bandit.Variance(ratios) - bandit.Bound;
        return
        [
            new(R2vpoMetrics.Gap, instance, Math.Abs(bandit.Gain(best) - bandit.Gain(ratios))),
            new(R2vpoMetrics.VarianceError, instance, (isBinding ? Math.Abs(excess) : Math.Max(0, excess)) / bandit.Bound),
        ];
    }
}
