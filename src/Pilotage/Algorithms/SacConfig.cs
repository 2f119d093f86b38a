using System.ComponentModel.DataAnnotations;
using Pilotage.Settings;
using Pilotage.Tensors;

namespace Pilotage.Algorithms;

/// <summary>Settings of <see cref="Sac"/>. Defaults: arXiv:1812.05905, table 1, with a start of uniform actions as in its authors' code.</summary>
[Settings]
public sealed partial record SacConfig : ISettingsRules
{
    /// <summary>Environment steps in all, over all rows.</summary>
    [Range(1L, 1_000_000_000_000L)]
    public long Steps { get; init; } = 100_000;

    /// <summary>Rows that play at the same time (N). Usual 1-8.</summary>
    [Range(1, 65536)]
    public int EnvironmentCount { get; init; } = 1;

    /// <summary>Transitions kept in replay. Small: forgets, correlated; large: learns from policies long gone. Usual 1e5 to 1e6.</summary>
    [Range(1, 100_000_000)]
    public int Capacity { get; init; } = 1_000_000;

    /// <summary>Transitions per update (M). Usual 64-512.</summary>
    [Range(1, 65536)]
    public int BatchSize { get; init; } = 256;

    /// <summary>Steps of uniform actions before the first update. Too few: the critics begin with one corner of the box; too many: wastes the budget. Usual 100 to 10000.</summary>
    [Range(1, 1_000_000_000)]
    public int LearningStarts { get; init; } = 1_000;

    /// <summary>Vector steps between two bursts of updates. Long bursts act on an old policy for longer. Usual 1-64.</summary>
    [Range(1, 100_000)]
    public int TrainPeriod { get; init; } = 1;

    /// <summary>Updates in a burst. Updates per step above 1 learn from fewer steps and risk overestimated values; below 1 wastes steps.</summary>
    [Range(1, 100_000)]
    public int UpdatesPerPeriod { get; init; } = 1;

    /// <summary>Share that the target critics take of the critics at each update (tau). Large: unstable; small: slow. Usual 0.005-0.02.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double TargetRate { get; init; } = 0.005;

    /// <summary>Step size of Adam for actor, critics and temperature (lambda). Usual 3e-4 to 1e-3.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double LearningRate { get; init; } = 3e-4;

    /// <summary>Discount per step (gamma). Usual 0.95-0.9999.</summary>
    [Range(0.0, 1.0)]
    public double Discount { get; init; } = 0.99;

    /// <summary>What a nat of entropy is worth in rewards, at the start (alpha). Low: no exploration; high: the rewards are not heard.</summary>
    [Range(0.0, 1e6, MinimumIsExclusive = true)]
    public double Temperature { get; init; } = 1;

    /// <summary>Whether the temperature follows so that the policy keeps the wanted entropy. Off: it stays, and must be chosen by the size of the rewards.</summary>
    public bool AutomaticTemperature { get; init; } = true;

    /// <summary>Wanted entropy per dimension of the action, in nats, in the unit in which the box is [-1, 1]. -1 is the paper's; 0.69 would be uniform; far below -3 is next to no chance.</summary>
    [Range(-20.0, 0.69)]
    public double EntropyPerDimension { get; init; } = -1;

    /// <summary>How much of a step's noise is kept in the next step's, while playing (rho). 0: independent, as in the paper; above 0.99: one long push an episode. Helps where only persistence finds the reward; usual 0 or 0.9.</summary>
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public double NoiseMemory { get; init; }

    /// <summary>
    /// Whether the next burst is played while the last one is learned from, with weights that lag by one burst of updates. The same bits on one thread; with <c>--threads 2</c> the
    /// environment's time is hidden behind the updates. Pays where a step of the environment takes long.
    /// </summary>
    public bool Overlap { get; init; }

    /// <summary>Critics, of which the smallest value counts. 2 as in the paper; 1 overestimates, and is there to show it.</summary>
    [Range(1, 16)]
    public int Critics { get; init; } = 2;

    /// <summary>Whether hidden layers of actor and critics are layer-normalised (arXiv:1607.06450). Steadier values, a third more time; the paper has none.</summary>
    public bool NormalizeLayers { get; init; }

    /// <summary>Width of each hidden layer of actor and critics.</summary>
    [Range(1, 65536)]
    public IReadOnlyList<int> Hidden { get; init; } = [256, 256];

    /// <summary>Function after each hidden layer.</summary>
    public Activation Activation { get; init; } = Activation.Relu;

    /// <inheritdoc/>
    public IEnumerable<string> Problems()
    {
        if (LearningStarts > Steps) yield return $"learningStarts = {LearningStarts} is above steps = {Steps}: nothing would be learned. Give more steps or start earlier.";
        if (BatchSize > Capacity) yield return $"batchSize = {BatchSize} is above capacity = {Capacity}: a batch would hold every transition more than once. Lower batchSize or raise capacity.";
    }
}
