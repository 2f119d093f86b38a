using System.ComponentModel.DataAnnotations;
using Pilotage.Settings;

namespace Pilotage.Lab.Improvement;

/// <summary>How much <see cref="Improve"/> spends, and on what.</summary>
[Settings]
public sealed partial record ImproveOptions : ISettingsRules
{
    /// <summary>Environment steps of each training. Too few: nothing is learned; many: only time. Usual 50000 to 1000000.</summary>
    [Range(2_048L, 1_000_000_000_000L)]
    public long Steps { get; init; } = 100_000;

    /// <summary>Wall-clock budget of the whole run, in minutes; chooses the steps of each training by timing the learners first. The number that it chose stands in config.yaml: give it as steps to repeat the run. Null: steps as they are.</summary>
    [Range(0.0, 1e6, MinimumIsExclusive = true)]
    public double? Minutes { get; init; }

    /// <summary>Training seeds of each learner: the units of the verdict. Fewer than 5 give none; usual 8 to 20.</summary>
    [Range(1, 1_000)]
    public int Seeds { get; init; } = 8;

    /// <summary>Evaluation episodes of each training seed; the rule plays the very same ones. Few: a wide interval. Usual 50 to 500.</summary>
    [Range(1, 1_000_000)]
    public int Episodes { get; init; } = 100;

    /// <summary>Seeds to choose each learner's settings on; others than those of the verdict. 0 takes the first settings without choosing.</summary>
    [Range(0, 100)]
    public int ValidationSeeds { get; init; } = 2;

    /// <summary>Fresh episodes on which the policy that is kept and the rule are compared at the end.</summary>
    [Range(1, 1_000_000)]
    public int FinalEpisodes { get; init; } = 1_000;

    /// <summary>Learners to try, by their names in the catalogue. Empty: those that usually suit the action space.</summary>
    public IReadOnlyList<string> Algorithms { get; init; } = [];

    /// <summary>Root of all randomness: the same one gives the same bits.</summary>
    public long Seed { get; init; }

    /// <summary>Trainings at once; changes no result. Null: one for each processor.</summary>
    [Range(1, 1_024)]
    public int? Threads { get; init; }

    /// <inheritdoc/>
    public IEnumerable<string> Problems()
    {
        foreach (var name in Algorithms.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(group => group.Skip(1).Any()).Select(group => group.Key))
            yield return $"algorithms names {name} twice. Name each learner once.";
    }
}
