using System.ComponentModel.DataAnnotations;
using Pilotage.Settings;

namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>What a game file says beside its players.</summary>
[Settings]
public sealed partial record GameSettings
{
    /// <summary>House rules.</summary>
    public HouseRules Rules { get; init; } = new();

    /// <summary>Deals for each table of contestants.</summary>
    [Range(1, 1_000_000)]
    public int Deals { get; init; } = 256;

    /// <summary>What happens when a contestant has less than no coins: continue or stop.</summary>
    public BankruptRule Bankrupt { get; init; } = BankruptRule.Continue;
}
