using System.ComponentModel.DataAnnotations;
using Pilotage.Settings;

namespace Pilotage.Systems.Language.LpReg.Spark;

/// <summary>How rare the rare words of <see cref="SparkCountdownTask"/>'s demonstrations are. Chosen so that a policy that imitates them says "wait" in some 3 % of lost places, and each word without meaning in 0.02-0.3 % of all.</summary>
[Settings]
public sealed partial record SparkSettings
{
    /// <summary>Share of right demonstrations that were lost first and say "wait".</summary>
    [Range(0.0, 1.0)]
    public double WaitShare { get; init; } = 0.12;

    /// <summary>Share of wrong demonstrations that hold a word without meaning.</summary>
    [Range(0.0, 1.0)]
    public double NoiseShare { get; init; } = 0.25;
}
