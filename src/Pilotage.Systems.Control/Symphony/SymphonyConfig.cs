using System.ComponentModel.DataAnnotations;
using Pilotage.Settings;

namespace Pilotage.Systems.Control.Symphony;

/// <summary>Settings of <see cref="SymphonyLearner"/>. Where a value is null, the variant's own is taken. Constants: the authors' code of arXiv:2512.10477.</summary>
[Settings]
public sealed partial record SymphonyConfig : ISettingsRules
{
    /// <summary>Which published set of constants.</summary>
    public SymphonyVariant Variant { get; init; } = SymphonyVariant.S3;

    /// <summary>Environment steps in all, exploration included.</summary>
    [Range(1L, 1_000_000_000_000L)]
    public long Steps { get; init; } = 500_000;

    /// <summary>Width of the hidden layers of actor and critics (h), a multiple of 4. Each of three critics tells h/4 values. Usual 64-512.</summary>
    [Range(4, 65536)]
    public int Hidden { get; init; } = 512;

    /// <summary>Steps that the noisy first policy plays before anything is learned. Few: the repeated data show one corner; many: wastes the budget. Usual 1,000 to 20,480.</summary>
    [Range(1, 100_000_000)]
    public int? ExplorationSteps { get; init; }

    /// <summary>How often the explored steps are written into the replay, which they fill (explorationSteps times this). Few: the first data fade before they are understood. Usual 20-50.</summary>
    [Range(1, 10_000)]
    public int? Repeats { get; init; }

    /// <summary>Updates for each environment step (G). Usual 2-3.</summary>
    [Range(1, 1000)]
    public int? UpdatesPerStep { get; init; }

    /// <summary>Transitions per update. Null: as many as the critics tell values, 3h/4. Usual 48-384.</summary>
    [Range(1, 65536)]
    public int? BatchSize { get; init; }

    /// <summary>Step size of the optimiser. Usual 5e-5 to 1e-3.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double? LearningRate { get; init; }

    /// <summary>Discount per step (gamma).</summary>
    [Range(0.0, 1.0)]
    public double Discount { get; init; } = 0.99;

    /// <summary>Share that the target critics take of the critics at each update (tau). Usual 0.005-0.02.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double TargetRate { get; init; } = 0.005;

    /// <summary>Deviation of the noise before the tangent, in half widths of the box. It is cut off at e (SE: pi) deviations.</summary>
    [Range(0.0, 10.0)]
    public double? NoiseDeviation { get; init; }

    /// <summary>Share of an episode's longest length, at its end, in which the actor is silent and only noise moves. 0.05 are the reference's last 50 of 1,000 steps.</summary>
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public double SilentShare { get; init; } = 0.05;

    /// <summary>Whether swaddling pulls the scale of actions down. Off: an ablation.</summary>
    public bool Swaddling { get; init; } = true;

    /// <summary>Whether old transitions fade in the replay. Off: drawn uniformly, an ablation.</summary>
    public bool Fading { get; init; } = true;

    /// <summary>Whether exploration is repeated and rewards are divided by their mean size in it. Off: an ablation.</summary>
    public bool NormFill { get; init; } = true;

    /// <summary>Whether the actor climbs the next value's advantage over its moving average. Off: the next value itself, an ablation.</summary>
    public bool TemporalAdvantage { get; init; } = true;

    internal int Exploration => ExplorationSteps ?? Variant switch { SymphonyVariant.S2 => 20_480, SymphonyVariant.Ed => 7_680, _ => 10_240 };

    internal int Copies => Repeats ?? (Variant == SymphonyVariant.S2 ? 25 : 50);

    internal int Updates => UpdatesPerStep ?? (Variant == SymphonyVariant.Ed ? 2 : 3);

    internal int Batch => BatchSize ?? 3 * Hidden / 4;

    internal double StepSize => LearningRate ?? (Variant == SymphonyVariant.S2 ? 5e-5 : 1e-4);

    internal double Deviation => NoiseDeviation ?? 1 / CutOff;

    /// <summary>Deviations at which noise is cut off: e, or pi.</summary>
    internal double CutOff => Variant == SymphonyVariant.Se ? Math.PI : Math.E;

    /// <summary>Whether half of each network's outputs pass no gradient on.</summary>
    internal bool DropsGradients => Variant == SymphonyVariant.S2;

    /// <summary>All that a state depends on, in words: everything but the number of steps.</summary>
    internal string Identity => FormattableString.Invariant(
        $"{Variant} h {Hidden} exploration {Exploration} x {Copies} updates {Updates} batch {Batch} rate {StepSize} discount {Discount} target {TargetRate} noise {Deviation} silent {SilentShare} parts {(Swaddling ? 1 : 0)}{(Fading ? 1 : 0)}{(NormFill ? 1 : 0)}{(TemporalAdvantage ? 1 : 0)}");

    internal long Capacity => (long)Exploration * Copies;

    /// <inheritdoc/>
    public IEnumerable<string> Problems()
    {
        if (Hidden % 4 != 0) yield return $"hidden = {Hidden} is not a multiple of 4, and each critic tells hidden/4 values. Use {Math.Max(4, Hidden / 4 * 4)} or {(Hidden / 4 + 1) * 4}.";
        if (Exploration >= Steps) yield return $"explorationSteps = {Exploration} leaves nothing of steps = {Steps} to learn in. Give more steps or explore less.";
        if (Capacity > Array.MaxLength) yield return $"explorationSteps = {Exploration} times repeats = {Copies} are {Capacity} transitions; at most {Array.MaxLength} can be kept. Lower one of them.";
    }
}
