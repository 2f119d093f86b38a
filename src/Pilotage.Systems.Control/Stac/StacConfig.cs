using System.ComponentModel.DataAnnotations;
using Pilotage.Settings;

namespace Pilotage.Systems.Control.Stac;

/// <summary>Settings of <see cref="Stac"/>. Defaults: arXiv:2601.00737, but for networks of 64 units, which a laptop trains in minutes, and the earlier start that goes with short trainings.</summary>
[Settings]
public sealed partial record StacConfig : ISettingsRules
{
    /// <summary>Environment steps in all, over all rows. The paper: 1 to 3 million. The study has its own, under <c>study</c>.</summary>
    [Range(1L, 1_000_000_000_000L)]
    public long Steps { get; init; } = 20_000;

    /// <summary>How many deviations of its value an action loses, in targets and in the actor's eyes (beta). 0 trusts the mean and overestimates; far above 1 nothing risky is tried. The paper: 0 to 0.5 by task.</summary>
    [Range(-100.0, 100.0)]
    public double Beta { get; init; } = 0.25;

    /// <summary>Whether beta may be below 0: seeking risk. Overestimates; for experiments only.</summary>
    public bool AllowOptimism { get; init; }

    /// <summary>Gaussian critics. 1 is STAC; 2, of which the smaller mean counts, with <c>beta = 0</c> are the paper's ESTAC.</summary>
    [Range(1, 16)]
    public int Critics { get; init; } = 1;

    /// <summary>Dropout of actor and critic.</summary>
    public DropoutSettings Dropout { get; init; } = new();

    /// <summary>Whether hidden layers are layer-normalised, as in the paper. Off, values of a single critic run away more easily.</summary>
    public bool LayerNorm { get; init; } = true;

    /// <summary>Wanted entropy of the whole action, in nats, in the unit in which the box is [-1, 1]. Without it minus the number of dimensions, as the paper's scripts have it for most tasks.</summary>
    [Range(-1000.0, 1000.0)]
    public double? TargetEntropy { get; init; }

    /// <summary>What a nat of entropy is worth in rewards at the start (alpha). Low: no exploration; high: the rewards are not heard. The paper: 0.2, and 0.01 for the point mass.</summary>
    [Range(0.0, 1e6, MinimumIsExclusive = true)]
    public double Temperature { get; init; } = 0.2;

    /// <summary>Step size of Adam for actor and critic, and rate of the temperature.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double LearningRate { get; init; } = 3e-4;

    /// <summary>What rewards are multiplied by while learning; policies are judged on the environment's own. A Gaussian critic begins with a deviation of 0.69: where values are of the order of hundreds, it learns for thousands of updates only that it knows nothing. Bring values to the order of tens.</summary>
    [Range(0.0, 1e9, MinimumIsExclusive = true)]
    public double RewardScale { get; init; } = 1;

    /// <summary>Discount per step (gamma). Usual 0.95-0.999.</summary>
    [Range(0.0, 1.0)]
    public double Discount { get; init; } = 0.99;

    /// <summary>Share that the target critic takes of the critic after each of its updates (1 - rho in the paper). Large: unstable; small: slow.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double TargetRate { get; init; } = 0.005;

    /// <summary>Transitions per update (M). At least 2 without layer norm.</summary>
    [Range(1, 65536)]
    public int BatchSize { get; init; } = 256;

    /// <summary>Transitions kept in replay.</summary>
    [Range(1, 100_000_000)]
    public int Capacity { get; init; } = 1_000_000;

    /// <summary>Steps of uniform actions before the first update. Too few: the critic begins with one corner of the box; too many: wastes the budget. The paper: 10000.</summary>
    [Range(1, 1_000_000_000)]
    public int LearningStarts { get; init; } = 1_000;

    /// <summary>Updates after each vector step.</summary>
    [Range(1, 1000)]
    public int UpdatesPerStep { get; init; } = 1;

    /// <summary>Rows that play at the same time (N).</summary>
    [Range(1, 65536)]
    public int EnvironmentCount { get; init; } = 1;

    /// <summary>Width of each hidden layer of actor and critic. The paper: [256, 256], ten to fifteen times the time.</summary>
    [Range(1, 65536)]
    public IReadOnlyList<int> Hidden { get; init; } = [64, 64];

    /// <summary>The comparison that <c>run</c> makes.</summary>
    public StacStudySettings Study { get; init; } = new();

    /// <summary>The sweep that <c>apply</c> makes.</summary>
    public StacApplySettings Apply { get; init; } = new();

    /// <inheritdoc/>
    public IEnumerable<string> Problems()
    {
        if (LearningStarts > Steps) yield return $"learningStarts = {LearningStarts} is above steps = {Steps}: nothing would be learned. Give more steps or start earlier.";
        if (Beta < 0 && !AllowOptimism) yield return FormattableString.Invariant($"beta = {Beta} is below 0, which seeks risk and overestimates. Give 0 or more, or set allowOptimism=true.");
        if (!LayerNorm && BatchSize < 2) yield return $"batchSize = {BatchSize} without layerNorm: one transition's error would move every value. Give at least 2, or set layerNorm=true.";
        if (Apply.Betas.Concat(Study.Betas).Any(beta => beta < 0) && !AllowOptimism) yield return "A beta in apply.betas or study.betas is below 0, which seeks risk and overestimates. Give 0 or more, or set allowOptimism=true.";
        foreach (var (key, betas) in new[] { ("apply.betas", Apply.Betas), ("study.betas", Study.Betas) })
            if (betas.Distinct().Count() != betas.Count) yield return FormattableString.Invariant($"{key} = [{string.Join(", ", betas)}] names a beta twice. Name each once.");
        if (Study.Betas.Count < 2 || !Study.Betas.Contains(0)) yield return FormattableString.Invariant($"study.betas = [{string.Join(", ", Study.Betas)}] gives nothing to compare. Give 0 and at least one other beta.");
        if (Apply.Betas.Count == 0) yield return "apply.betas is empty. Give at least one beta.";
    }
}
