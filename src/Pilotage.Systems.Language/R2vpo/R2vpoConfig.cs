using System.ComponentModel.DataAnnotations;
using Pilotage.Settings;
using Pilotage.Systems.Language.Apply;
using Pilotage.Systems.Language.Baselines;
using Pilotage.Systems.Language.MiniLab;

namespace Pilotage.Systems.Language.R2vpo;

/// <summary>Settings of the system: what the study runs, the method, its baselines, and what apply trains.</summary>
[Settings]
public sealed partial record R2vpoConfig : ISettingsRules
{
    /// <summary>What the study runs.</summary>
    public IReadOnlyList<StudyPart> Parts { get; init; } = [StudyPart.Exact, StudyPart.Rare, StudyPart.Countdown, StudyPart.Replay];

    /// <summary>The laboratory of the countdown parts. Four passes in four updates each: with two, E[(r - 1)^2] stays below the bound where nothing holds it (0.02 on a seed apart).</summary>
    public MiniLabConfig Lab { get; init; } = new() { Steps = 60, CurveEvery = 5, EvaluationProblems = 100, Batch = new() { Epochs = 4, Minibatches = 4 } };

    /// <summary>The bound on the ratio's variance, for sequences.</summary>
    public RatioVarianceConfig Constraint { get; init; } = new();

    /// <summary>Whose ratio is bounded.</summary>
    public RatioLevel RatioLevel { get; init; } = RatioLevel.Token;

    /// <summary>Stored answers of the replay part: as many as fresh ones, from the last four steps.</summary>
    public ReplayConfig Replay { get; init; } = new() { Share = 0.5 };

    /// <summary>Weight of the divergence from the warm start, of the baseline that has one.</summary>
    [Range(0.0, 1e6, MinimumIsExclusive = true)]
    public double ReferenceWeight { get; init; } = 0.01;

    /// <summary>The fixed multiplier of the arms without dual ascent: what the public re-implementation uses.</summary>
    [Range(0.0, 100.0)]
    public double FixedMultiplier { get; init; } = 0.04;

    /// <summary>Clip radius of the clipped baselines, and above 1 of the one that clips higher.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double ClipRadius { get; init; } = 0.2;

    /// <summary>Radius above 1 of the baseline that clips higher.</summary>
    [Range(0.0, 10.0, MinimumIsExclusive = true)]
    public double HigherClipRadius { get; init; } = 0.28;

    /// <summary>Random decisions of the exact part.</summary>
    [Range(1, 100_000)]
    public int Bandits { get; init; } = 500;

    /// <summary>Searches for the rare string, each from a seed of its own.</summary>
    [Range(1, 10_000)]
    public int RareSearches { get; init; } = 20;

    /// <summary>Batches after which a search for the rare string is given up.</summary>
    [Range(1, 100_000)]
    public int RareSteps { get; init; } = 200;

    /// <summary>Step sizes of plain gradient descent in the search, each tried with every rule.</summary>
    [Range(0.0, 1e6, MinimumIsExclusive = true)]
    public IReadOnlyList<double> RareLearningRates { get; init; } = [1, 3, 10, 30];

    /// <summary>The learner of control tasks.</summary>
    public R2vpoControlConfig Control { get; init; } = new();

    /// <summary>Apply to problems as JSON lines: what is trained and for how long. Two passes in four updates, so that the bound has something to do.</summary>
    public LanguageApplyConfig Apply { get; init; } = new() { Batch = new() { Epochs = 2, Minibatches = 4 } };

    /// <summary>Apply to problems as JSON lines: answers that are learned from again.</summary>
    public ReplayConfig ApplyReplay { get; init; } = new();

    /// <summary>Apply to environments: training seeds of each learner. 1 shows that it works; with fewer than 6 no interval of 95 % over seeds exists.</summary>
    [Range(1, 100)]
    public int ApplySeeds { get; init; } = 8;

    /// <inheritdoc/>
    public IEnumerable<string> Problems()
    {
        if (Parts.Count == 0) yield return "parts is empty. Give at least one of exact, rare, countdown, replay, control.";
        if (Parts.Distinct().Count() < Parts.Count) yield return $"parts = {string.Join(", ", Parts)} names a part twice. Name each part once.";
        if (Parts.Contains(StudyPart.Replay) && Replay.Share == 0) yield return "replay.share = 0 leaves nothing to replay. Use 0.5, or leave the part replay out of parts.";
        if (Constraint.Scope == ConstraintScope.PerAge && Parts.Contains(StudyPart.Replay) && Replay.MaximumAge > Replay.Capacity)
            yield return $"replay.maximumAge = {Replay.MaximumAge} is above replay.capacity = {Replay.Capacity}: the oldest ages would have a bound and no samples. Use at most {Replay.Capacity}.";
        if (RareLearningRates.Count == 0) yield return "rareLearningRates is empty. Give at least one step size, for example [3].";
        if (RareLearningRates.Distinct().Count() < RareLearningRates.Count) yield return $"rareLearningRates = {string.Join(", ", RareLearningRates)} names a step size twice. Name each once.";
        if (Constraint.InitialMultiplier > Constraint.MaximumMultiplier)
            yield return FormattableString.Invariant($"constraint.initialMultiplier = {Constraint.InitialMultiplier} is above constraint.maximumMultiplier = {Constraint.MaximumMultiplier}. Begin below the maximum.");
    }
}
