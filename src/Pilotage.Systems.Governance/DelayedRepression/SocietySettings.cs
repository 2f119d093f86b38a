using System.ComponentModel.DataAnnotations;
using Pilotage.Settings;

namespace Pilotage.Systems.Governance.DelayedRepression;

/// <summary>What agents earn, what punishment costs, how the regulator answers. Defaults are those of the paper's simulator, which made its tables; its text names others.</summary>
[Settings]
public sealed partial record SocietySettings : ISettingsRules
{
    /// <summary>k: how sharply the response grows around its threshold. Low: everybody is punished a little; high: on or off.</summary>
    [Range(0.0, 1000.0, MinimumIsExclusive = true)]
    public double Sharpness { get; init; } = 10;

    /// <summary>A_c: the alarm at which half the response is given. 0: nobody is active; 2: everybody is radical and seen.</summary>
    [Range(0.0, 10.0)]
    public double AlarmThreshold { get; init; } = 0.72;

    /// <summary>u: strength of the static regulator. 0: nobody is punished; 1: as designed.</summary>
    [Range(0.0, 10.0)]
    public double Strength { get; init; } = 1;

    /// <summary>What legal, moderate and radical activity earns, before an agent's charisma.</summary>
    [Range(-1000.0, 1000.0)]
    public IReadOnlyList<double> Benefits { get; init; } = [1, 2.3, 3];

    /// <summary>What punishment for legal, moderate and radical activity costs, before an agent's scale. The text of the paper has 0, 1, 2.</summary>
    [Range(0.0, 1000.0)]
    public IReadOnlyList<double> Costs { get; init; } = [0, 2, 7];

    /// <summary>What a unit of influence adds to a unit of activity.</summary>
    [Range(-100.0, 100.0)]
    public double Contagion { get; init; } = 0.22;

    /// <inheritdoc/>
    public IEnumerable<string> Problems()
    {
        if (Benefits.Count != Activity.Count) yield return $"society.benefits has {Benefits.Count} numbers; there are {Activity.Count} activities: legal, moderate, radical. Give one for each.";
        if (Costs.Count != Activity.Count) yield return $"society.costs has {Costs.Count} numbers; there are {Activity.Count} activities: legal, moderate, radical. Give one for each.";
    }

    /// <summary>The payoffs as the simulation reads them.</summary>
    internal Payoffs Table => new([.. Benefits.Select(value => (float)value)], [.. Costs.Select(value => (float)value)], (float)Contagion);

    /// <summary>Payoffs in single precision.</summary>
    internal readonly record struct Payoffs(float[] Benefits, float[] Costs, float Contagion)
    {
        /// <summary>What an activity earns.</summary>
        public float Benefit(int activity) => Benefits[activity];

        /// <summary>What its punishment costs.</summary>
        public float Cost(int activity) => Costs[activity];
    }
}
