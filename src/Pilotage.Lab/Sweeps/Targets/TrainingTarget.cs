using System.Globalization;
using Pilotage.Algorithms;
using Pilotage.Environments;
using Pilotage.Evaluation;
using Pilotage.Policies;
using Pilotage.Settings;
using Pilotage.Tensors;

namespace Pilotage.Lab.Sweeps.Targets;

/// <summary>A learner on an environment: trained to its steps, judged greedily on episodes of the trial's evaluation branch.</summary>
/// <param name="algorithm">The learner.</param>
/// <param name="environment">The environment, with its heuristic.</param>
/// <param name="start">Settings that candidates start from.</param>
/// <param name="episodes">Episodes that judge a policy.</param>
/// <param name="device">Where tensors are computed.</param>
internal sealed class TrainingTarget(AlgorithmEntry algorithm, EnvironmentEntry environment, object start, int episodes, Device device) : ISweepTarget
{
    /// <inheritdoc/>
    public string Title => $"{algorithm.Name} on {environment.Name}";

    /// <inheritdoc/>
    public Metric Metric { get; } = new("return", $"return ({environment.Spec.RewardUnit} per episode)", HigherIsBetter: true);

    /// <inheritdoc/>
    public string RuleName => "heuristic";

    /// <inheritdoc/>
    public SettingsSchema Schema => algorithm.Settings;

    /// <inheritdoc/>
    public object Start => start;

    /// <inheritdoc/>
    public string? UsualBudget => "steps";

    /// <inheritdoc/>
    public InstanceUse Resolve(TuningSeeds seeds, CancellationToken cancellation) => InstanceUse.Fresh;      // every trial plays episodes of its own seeds

    /// <inheritdoc/>
    public void Check(IReadOnlyList<(string Key, IReadOnlyList<string> Values)> keys, TuningSeeds seeds, CancellationToken cancellation)
    {
        // A learner's settings are all its own: no environment reads them.
    }

    /// <inheritdoc/>
    public IReadOnlyList<Measurement> MeasureRule(int seed, SeedTree seeds, bool isTest, CancellationToken cancellation) => Play(environment.CreateHeuristic(), seeds, cancellation);

    /// <inheritdoc/>
    public IReadOnlyList<Measurement> Measure(object settings, int seed, SeedTree seeds, bool isTest, CancellationToken cancellation)
    {
        var learner = algorithm.Create(settings, environment.Create, seeds, device);
        var steps = TrainingRun.StepsOf(algorithm.Settings, settings);
        while (learner.Steps < steps)
        {
            cancellation.ThrowIfCancellationRequested();
            learner.Iterate();
        }
        return [.. Play(learner.Policy, seeds, cancellation), .. new LearnerClock().Add(learner).Measurements()];
    }

    // One row an episode: its chance does not depend on how long the ones before it took, so that arms pair by it.
    private IReadOnlyList<Measurement> Play(IPolicy policy, SeedTree seeds, CancellationToken cancellation) =>
    [
        .. PolicyEvaluation.Run(policy, environment.Create, episodes, seeds.Evaluation, rows: episodes, cancellation).Returns
            .Select((value, episode) => new Measurement(Metric.Name, string.Create(CultureInfo.InvariantCulture, $"episode-{episode:D5}"), value)),
    ];
}
