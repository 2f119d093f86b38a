using System.ComponentModel.DataAnnotations;
using Pilotage.Settings;

namespace Pilotage.Cli.Tests;

/// <summary>Settings of <see cref="CoinSystem"/>.</summary>
[Settings]
public sealed partial record CoinSettings
{
    /// <summary>Tosses of a trial. Few: wide intervals. Usual 10-100.</summary>
    [Range(1, 1000)]
    public int Tosses { get; init; } = 20;

    /// <summary>Probability of heads of the better coin.</summary>
    [Range(0.0, 1.0)]
    public double Bias { get; init; } = 0.9;
}
