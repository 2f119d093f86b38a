using System.ComponentModel.DataAnnotations;
using Pilotage.Settings;

namespace Pilotage.Lab.Sweeps;

/// <summary>Settings of a sweep: what is varied, how it is searched, how it is judged.</summary>
[Settings]
public sealed partial record SweepSettings : ISettingsRules
{
    /// <summary>How candidates are chosen.</summary>
    public SweepMethod Method { get; init; } = SweepMethod.Bayesian;

    /// <summary>What is varied: <c>learningRate=1e-4..1e-2:log</c>, <c>epochs=2..10</c>, <c>activation=tanh,relu</c>; a number behind a range is that of its points on a grid, <c>:log:5</c>. At least one.</summary>
    public IReadOnlyList<string> Vary { get; init; } = [];

    /// <summary>Budget of the search in whole trainings per seed, the defaults among them. Null: the whole grid, 24 otherwise. Few: luck decides; many: slow, and the best of many flatters itself.</summary>
    [Range(2, 100_000)]
    public int? Trials { get; init; }

    /// <summary>Seeds that each candidate is tried on, the same for all. 1: luck is taken for quality; many: few candidates. Usual 2-5.</summary>
    [Range(1, 1000)]
    public int TuningSeeds { get; init; } = 3;

    /// <summary>Seeds of the verdict, which no candidate was tried on. Below 7 nothing can be shown.</summary>
    [Range(1, 1000)]
    public int TestSeeds { get; init; } = 10;

    /// <summary>Episodes that judge a trained policy. Few: noise; many: slow. Not for systems, which bring their own.</summary>
    [Range(1, 100_000)]
    public int Episodes { get; init; } = 50;

    /// <summary>The arm of a system's study whose settings are varied; null for a training.</summary>
    public string? Arm { get; init; }

    /// <summary>The metric of a system's study that decides; null for its first one.</summary>
    public string? Metric { get; init; }

    /// <summary>The arm of a system's study that decides today; null for its reference arm.</summary>
    public string? Rule { get; init; }

    /// <summary>Which of a system's instances the tuner may see.</summary>
    public InstanceUse Instances { get; init; } = InstanceUse.Automatic;

    /// <summary>Halving: the setting that is the budget of a trial; null for <c>steps</c>.</summary>
    public string? Budget { get; init; }

    /// <summary>Halving: how many times the budget grows from round to round, and one in how many candidates goes on (eta). 2: careful; above 4: the first round decides. Usual 3.</summary>
    [Range(2, 10)]
    public int Eta { get; init; } = 3;

    /// <summary>Halving: rounds. The first runs on 1 / eta^(rounds - 1) of the budget; too many, and it says nothing of the whole. Usual 2-4.</summary>
    [Range(2, 8)]
    public int Rounds { get; init; } = 3;

    /// <summary>Bayesian: candidates chosen at once. 1 learns most from each; more keep more machines busy.</summary>
    [Range(1, 64)]
    public int Batch { get; init; } = 1;

    /// <inheritdoc/>
    public IEnumerable<string> Problems()
    {
        if (Vary.Count == 0) yield return "vary is empty. Name at least one setting with its range, such as learningRate=1e-4..1e-2:log.";
    }
}
