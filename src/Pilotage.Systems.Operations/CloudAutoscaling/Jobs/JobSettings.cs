using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Pilotage.Settings;

namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>Settings of jobs on rented machines: what can be rented, the spot market, what lateness costs. All defaults are assumptions; the survey gives none.</summary>
[Settings]
public sealed partial record JobSettings : ISettingsRules
{
    /// <summary>Speed of each machine type: work seconds done in a second. One entry per type, with <see cref="PricesPerHour"/>.</summary>
    [Range(0.0, 1e6, MinimumIsExclusive = true)]
    public IReadOnlyList<double> Speeds { get; init; } = [1, 2];

    /// <summary>On-demand price of each type for one hour, in any currency. The default makes the fast type dearer per unit of work, as clouds do for the largest.</summary>
    [Range(0.0, 1e9, MinimumIsExclusive = true)]
    public IReadOnlyList<double> PricesPerHour { get; init; } = [0.10, 0.24];

    /// <summary>Most machines of each type in each market. Few: deadlines cannot be met; many: a large action space is explored in vain.</summary>
    [Range(1, 1000)]
    public int MaximumMachines { get; init; } = 8;

    /// <summary>Most machines of a type and market that one decision adds.</summary>
    [Range(1, 16)]
    public int LargestAddition { get; init; } = 2;

    /// <summary>Seconds between two decisions; spot prices change with them. The default is the sheet's five minutes.</summary>
    [Range(1.0, 86_400.0)]
    public double StepSeconds { get; init; } = 300;

    /// <summary>Seconds from launch to the first work; paid for. Less than a step.</summary>
    [Range(0.0, 86_400.0)]
    public double BootSeconds { get; init; } = 60;

    /// <summary>Long-run spot price as a share of the on-demand price: exp of the mean log price. Real markets: 0.1-0.5.</summary>
    [Range(0.0, 10.0, MinimumIsExclusive = true)]
    public double SpotShare { get; init; } = 0.3;

    /// <summary>How much of the distance to its mean the log price loses in a step (kappa). 0: a random walk; 1: no memory.</summary>
    [Range(0.0, 1.0)]
    public double SpotReversion { get; init; } = 0.08;

    /// <summary>Deviation of the log price's innovation in a step (sigma).</summary>
    [Range(0.0, 10.0)]
    public double SpotVolatility { get; init; } = 0.1;

    /// <summary>Probability of a jump in a step. Jumps go up: demand arrives at once and leaves slowly.</summary>
    [Range(0.0, 1.0)]
    public double SpotJumpProbability { get; init; } = 0.03;

    /// <summary>Mean height of a jump in log price; exponentially distributed.</summary>
    [Range(0.0, 10.0)]
    public double SpotJumpHeight { get; init; } = 1;

    /// <summary>Bid as a share of the on-demand price: a spot machine is lost in the step whose price is above it. Low: often lost; high: dear prices are paid.</summary>
    [Range(0.0, 100.0, MinimumIsExclusive = true)]
    public double BidShare { get; init; } = 0.8;

    /// <summary>Work seconds between two checkpoints of a task, written at no cost; a lost task resumes from its last one. 0: it restarts.</summary>
    [Range(0.0, 1e9)]
    public double CheckpointSeconds { get; init; } = 600;

    /// <summary>Reward lost by a missed deadline, in costs of the whole job on the cheapest on-demand machines.</summary>
    [Range(0.0, 1e6)]
    public double MissWeight { get; init; } = 1;

    /// <summary>Reward lost while late: by one allowed time's lateness, in the same unit. 0: once late, forever late at no further cost.</summary>
    [Range(0.0, 1e6)]
    public double LateWeight { get; init; } = 1;

    /// <summary>An episode ends, truncated, after this many allowed times. At least 1.</summary>
    [Range(1.0, 100.0)]
    public double LongestEpisode { get; init; } = 2;

    /// <summary>Apply: the allowed time of the user's job in seconds, from its beginning. 0: twice its critical path or four machines' time, whichever is longer.</summary>
    [Range(0.0, 1e9)]
    public double DeadlineSeconds { get; init; }

    /// <inheritdoc/>
    public IEnumerable<string> Problems()
    {
        if (Speeds.Count == 0) yield return "speeds is empty. Give at least one machine type, for example [1, 2].";
        if (Speeds.Count != PricesPerHour.Count) yield return string.Create(CultureInfo.InvariantCulture, $"speeds has {Speeds.Count} entries, pricesPerHour has {PricesPerHour.Count}: each machine type needs both. Give as many prices as speeds.");
        if (BootSeconds >= StepSeconds) yield return string.Create(CultureInfo.InvariantCulture, $"bootSeconds = {BootSeconds} is not below stepSeconds = {StepSeconds}: a machine must begin to work within its first step. Lengthen the step.");
    }
}
