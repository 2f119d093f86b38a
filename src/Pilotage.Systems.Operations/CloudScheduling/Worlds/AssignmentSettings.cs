using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Pilotage.Settings;

namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Setting A: independent tasks for machines of three classes. The survey gives no constants; each is an assumption.</summary>
[Settings]
public sealed partial record AssignmentSettings : ISettingsRules
{
    /// <summary>Machines of speed 1, 2 and 4. Each has 4 cores and 16 of memory; the fast ones take more energy for the same work.</summary>
    [Range(0, 1000)]
    public IReadOnlyList<int> MachinesOfClass { get; init; } = [4, 4, 2];

    /// <summary>Tasks of a sequence. All that arrive are counted until the last has left.</summary>
    [Range(1, 1_000_000)]
    public int Tasks { get; init; } = 200;

    /// <summary>Loads that are compared (rho): work that comes over work that can be done. The claims speak of the last.</summary>
    [Range(0.0, 10.0, MinimumIsExclusive = true)]
    public IReadOnlyList<double> Loads { get; init; } = [0.7, 0.9];

    /// <summary>Whether a load of 1 or more is meant: then the queue grows as long as tasks come, and what is measured depends on their number.</summary>
    public bool AllowsOverload { get; init; }

    /// <summary>How tasks come.</summary>
    public ArrivalKind Arrivals { get; init; } = ArrivalKind.Poisson;

    /// <summary>Mean work of a task in seconds at speed 1.</summary>
    [Range(0.0, 1e9, MinimumIsExclusive = true)]
    public double MeanWork { get; init; } = 30;

    /// <summary>Standard deviation of the logarithm of the work: 0 makes all tasks equal, 1 gives a few long ones.</summary>
    [Range(0.0, 5.0)]
    public double WorkSpread { get; init; } = 1;

    /// <summary>What machines do on their own.</summary>
    public ClusterRules Rules { get; init; } = new();

    /// <summary>What energy counts in the reward of the learner that looks at it: kilowatt-hours of the mean task against its completion time, both at their means.</summary>
    [Range(0.0, 1e6)]
    public double EnergyWeight { get; init; } = 1;

    /// <inheritdoc/>
    public IEnumerable<string> Problems()
    {
        if (MachinesOfClass.Count != 3 || MachinesOfClass.Sum() == 0) yield return $"machinesOfClass = [{string.Join(", ", MachinesOfClass)}] must hold three numbers, at least one of them above 0: machines of speed 1, 2 and 4.";
        if (Loads.Count == 0 || Loads.Distinct().Count() != Loads.Count) yield return "loads must name at least one load, and each once.";
        foreach (var load in Loads.Where(load => load >= 1 && !AllowsOverload && Arrivals != ArrivalKind.Batch))
            yield return string.Create(CultureInfo.InvariantCulture, $"a load of {load} has no steady state: the queue grows as long as tasks come. Give a load below 1, or allowsOverload=true with tasks as the horizon.");
    }
}
