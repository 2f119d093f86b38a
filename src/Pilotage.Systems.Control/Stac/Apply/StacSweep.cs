using Pilotage.Environments;
using Pilotage.Evaluation;
using Pilotage.Policies;
using Pilotage.Tensors;

namespace Pilotage.Systems.Control.Stac;

/// <summary>Trains STAC at each beta with each seed on the user's environment, and judges it on validation episodes.</summary>
/// <param name="environment">The user's.</param>
/// <param name="config">Settings; <c>apply.betas</c> takes the place of <c>beta</c>.</param>
/// <param name="seeds">Root of the seed tree.</param>
/// <param name="device">Where networks are computed.</param>
internal sealed class StacSweep(EnvironmentEntry environment, StacConfig config, SeedTree seeds, Device device)
{
    private const int Points = 20;                      // looks at a training along its way
    private const int LookEpisodes = 5;

    /// <summary>Trains all.</summary>
    /// <param name="progress">Told the share done and the seed.</param>
    /// <param name="cancellation">Stops between two iterations.</param>
    public IReadOnlyList<StacCandidate> Run(IProgress<(double Share, string Text)>? progress, CancellationToken cancellation)
    {
        var candidates = new List<StacCandidate>
        {
            Judged("rule of thumb", environment.CreateHeuristic(), cancellation),
            Judged("random", new RandomPolicy(), cancellation),
        };
        for (var i = 0; i < config.Apply.Betas.Count; i++)
        {
            var beta = config.Apply.Betas[i];
            var (policies, validation, curves, surprised) = (new List<IPolicy>(), new List<double>(), new List<IReadOnlyList<(long, double, double)>>(), 0L);
            for (var seed = 0; seed < config.Apply.Seeds; seed++)
            {
                var done = (double)(i * config.Apply.Seeds + seed) / (config.Apply.Betas.Count * config.Apply.Seeds);
                progress?.Report((0.95 * done, FormattableString.Invariant($"beta {beta}, seed {seed}")));
                var stac = new Stac(config with { Beta = beta }, Scaled(config.EnvironmentCount, seeds.Branch(seed)), seeds.Branch(seed), device);
                curves.Add(Train(stac, seeds.Branch(seed), cancellation));
                policies.Add(stac.Policy);
                validation.Add(Validate(stac.Policy, cancellation));
                surprised += stac.SurprisedIterations;
            }
            candidates.Add(new(FormattableString.Invariant($"stac beta {beta}"), policies, validation) { Beta = beta, Curves = curves, Surprised = surprised });
        }
        return candidates;
    }

    private IVectorEnvironment Scaled(int rows, SeedTree node) => ScaledRewards.Of(environment.Create(rows, node), config.RewardScale);

    private List<(long Steps, double Return, double Error)> Train(Stac stac, SeedTree own, CancellationToken cancellation)
    {
        var spacing = Math.Max(1, (config.Steps - config.LearningStarts) / Points);
        var probe = new ValueProbe(Scaled, LookEpisodes, config.Discount);
        var curve = new List<(long, double, double)>();
        for (var due = config.LearningStarts + spacing; stac.Steps < config.Steps;)
        {
            cancellation.ThrowIfCancellationRequested();
            stac.Iterate();
            if (stac.Steps < due && stac.Steps < config.Steps) continue;
            due = (int)Math.Min(int.MaxValue, stac.Steps + spacing);
            var node = own.Validation.Branch(curve.Count);
            curve.Add((stac.Steps, PolicyEvaluation.Run(stac.Policy, environment.Create, LookEpisodes, node, LookEpisodes, cancellation).Mean, probe.Measure(stac, node.Branch("probe"), cancellation)));
        }
        return curve;
    }

    private StacCandidate Judged(string name, IPolicy policy, CancellationToken cancellation) => new(name, [policy], [Validate(policy, cancellation)]);

    private double Validate(IPolicy policy, CancellationToken cancellation) =>
        PolicyEvaluation.Run(policy, environment.Create, config.Apply.Episodes, seeds.Validation, cancellation: cancellation).Mean;
}
