using Pilotage.Algorithms;
using Pilotage.Evaluation;
using Pilotage.Experience;
using Pilotage.Experience.Datasets;
using Pilotage.Policies;

namespace Pilotage.Systems.Control.DatasetPerspective;

/// <summary>One run of an online learner, and the five data sets that come from it.</summary>
/// <remarks>
/// Source: arXiv:2111.04714, section 4. Differs from it: the policy kept is the best of ten on validation seeds and not the last, because a learner of so few steps goes up and down; where even that is
/// hardly better than chance, the environment's rule of thumb takes its place, and the run says so. A learner that needs more steps than a data set has transitions gives whole episodes of its
/// replay, evenly over its run.
/// </remarks>
internal sealed class BehaviourRun
{
    private const int Checks = 10;
    private const int Episodes = 30;
    private const double LeastGain = 0.1;                // of what the rule of thumb earns above chance

    private BehaviourRun(StudyEnvironment environment, double randomReturn, double bestReturn, bool isRule) =>
        (Environment, RandomReturn, BestReturn, IsRule) = (environment, randomReturn, bestReturn, isRule);

    public StudyEnvironment Environment { get; }

    /// <summary>Mean return of the random data.</summary>
    public double RandomReturn { get; }

    /// <summary>Mean return of the best policy: of the expert's data, or of an evaluation while learning, whichever is higher.</summary>
    public double BestReturn { get; }

    /// <summary>Whether a rule of thumb stands in for the learner's policy.</summary>
    public bool IsRule { get; }

    /// <summary>random, mixed, replay, noisy, expert.</summary>
    public IReadOnlyList<StudyDataset> Datasets { get; private init; } = [];

    /// <summary>P: a mean return between chance and the best, times 100.</summary>
    public double Score(double meanReturn) => 100 * TrajectoryQuality.Of(meanReturn, RandomReturn, BestReturn);

    /// <summary>Learns and records.</summary>
    /// <param name="environment">Where.</param>
    /// <param name="transitions">N, of each data set.</param>
    /// <param name="seeds">Of this environment in this trial.</param>
    /// <param name="cancellation">Stops between two iterations.</param>
    public static BehaviourRun Make(StudyEnvironment environment, int transitions, SeedTree seeds, CancellationToken cancellation)
    {
        var create = environment.Entry.Create;
        var tap = new ExperienceTap(create(environment.Behaviour.EnvironmentCount, seeds.Branch("online")));
        var learner = new Dqn(environment.Behaviour, tap, seeds.Branch("online"));
        var network = (QNetwork)learner.Policy;
        var (best, kept) = (double.NegativeInfinity, network.Parameters.Values.ToArray());
        for (var check = 1; check <= Checks; check++)
        {
            while (learner.Steps * Checks < check * environment.Behaviour.Steps)
            {
                cancellation.ThrowIfCancellationRequested();
                learner.Iterate();
            }
            var reached = Mean(network, environment, seeds);
            if (reached <= best) continue;
            best = reached;
            network.Parameters.Values.CopyTo(kept);
        }
        kept.CopyTo(network.Parameters.Values);
        var replay = ReplayPart.Evenly(tap.Take(), transitions);

        var random = DatasetGenerator.Random(create(1, seeds.Branch("random")), transitions, seeds.Branch("random"));
        var rule = environment.Rule;
        var isRule = best - random.MeanReturn < LeastGain * (Mean(rule, environment, seeds) - random.MeanReturn);
        var (policy, name) = isRule ? (rule, "rule of thumb") : (network, "dqn");
        var expert = DatasetGenerator.Expert(policy, name, create(1, seeds.Branch("expert")), transitions, seeds.Branch("expert"));
        var noisy = DatasetGenerator.Noisy(policy, name, create(1, seeds.Branch("noisy")), transitions, seeds.Branch("noisy"));
        var mixed = DatasetGenerator.Mixed(random, expert);

        var run = new BehaviourRun(environment, random.MeanReturn, Math.Max(expert.MeanReturn, isRule ? double.NegativeInfinity : best), isRule);
        var coverage = new Coverage(replay, environment.Bins);
        return new(environment, run.RandomReturn, run.BestReturn, isRule)
        {
            Datasets = [.. new[] { ("random", random), ("mixed", mixed), ("replay", replay), ("noisy", noisy), ("expert", expert) }.Select(made =>
                new StudyDataset($"{environment.Path}/{made.Item1}", made.Item2, run.Score(made.Item2.MeanReturn) / 100, coverage.Of(made.Item2), coverage.LogOf(made.Item2), run))],
        };
    }

    // On validation seeds: which policy is kept must not depend on the episodes that scores are measured on.
    private static double Mean(IPolicy policy, StudyEnvironment environment, SeedTree seeds) =>
        PolicyEvaluation.Run(policy, environment.Entry.Create, Episodes, seeds.Validation, rows: Episodes).Mean;
}
