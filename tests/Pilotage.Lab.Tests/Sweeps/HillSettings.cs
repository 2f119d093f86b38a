using System.ComponentModel.DataAnnotations;
using Pilotage.Settings;

namespace Pilotage.Lab.Tests.Sweeps;

/// <summary>Settings of <see cref="HillSystem"/>.</summary>
[Settings]
public sealed partial record HillSettings : ISettingsRules
{
    /// <summary>How far east the climber stands. Usual 0-1.</summary>
    [Range(0.0, 10.0)]
    public double East { get; init; } = 1;

    /// <summary>Step size in logarithms.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double Stride { get; init; } = 0.5;

    /// <summary>Boots.</summary>
    [Range(1, 9)]
    public int Boots { get; init; } = 1;

    /// <summary>What the climber carries.</summary>
    public HillLoad Load { get; init; } = HillLoad.Heavy;

    /// <summary>Hours: the budget.</summary>
    [Range(1, 1000)]
    public int Hours { get; init; } = 90;

    /// <summary>Height of the hill: part of the problem.</summary>
    [Range(0.0, 1000.0)]
    public double Height { get; init; } = 100;

    /// <summary>Whether the climber falls beyond the middle.</summary>
    public bool Falls { get; init; }

    /// <summary>Widths, for lists.</summary>
    [Range(1, 64)]
    public IReadOnlyList<int> Widths { get; init; } = [8, 8];

    /// <inheritdoc/>
    public IEnumerable<string> Problems()
    {
        if (Boots == 9 && Load == HillLoad.Heavy) yield return "boots = 9 and load = heavy sink. Take less.";
    }
}

/// <summary>What a climber carries.</summary>
public enum HillLoad
{
    /// <summary>Much.</summary>
    Heavy,

    /// <summary>Little.</summary>
    Light,

    /// <summary>Nothing.</summary>
    None,
}
