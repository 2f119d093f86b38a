using System.ComponentModel.DataAnnotations;
using Pilotage.Settings;

namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>A user's own stores: what stock and shortage cost, how long deliveries take, and the rule that orders today.</summary>
[Settings]
public sealed partial record ApplySettings
{
    /// <summary>Periods from order to stock that can be sold (L), of every series. 1: what is ordered now can be sold in the next period.</summary>
    [Range(1, 200)]
    public int LeadTime { get; init; } = 2;

    /// <summary>Money for a unit that is on hand at a period's end (h).</summary>
    [Range(0.0, 1e9, MinimumIsExclusive = true)]
    public double HoldingCost { get; init; } = 1;

    /// <summary>Money for a unit that was wanted and not there (p): the margin that is lost, and the customer's anger.</summary>
    [Range(0.0, 1e9, MinimumIsExclusive = true)]
    public double ShortageCost { get; init; } = 9;

    /// <summary>Whether customers who find nothing go away. Off: they wait, and are served first.</summary>
    public bool IsLost { get; init; } = true;

    /// <summary>The rule in use: orders up to so many periods of the mean of the last 16. 0: the textbook's level, mean and spread over the lead time at the newsvendor's ratio.</summary>
    [Range(0.0, 1000.0)]
    public double Cover { get; init; }

    /// <summary>What demand below 0 means. Off: returns, which become 0; on: they come back into stock.</summary>
    public bool KeepReturns { get; init; }

    /// <summary>Share of the periods kept for the final figures, the last ones.</summary>
    [Range(0.05, 0.6)]
    public double TestShare { get; init; } = 0.25;

    /// <summary>Share of the periods on which policies are chosen, those before the test periods.</summary>
    [Range(0.05, 0.6)]
    public double ValidationShare { get; init; } = 0.15;

    /// <summary>Networks trained, each from its own seed; validation chooses one.</summary>
    [Range(1, 100)]
    public int Seeds { get; init; } = 3;

    /// <summary>Gradient steps of each network.</summary>
    [Range(1, 1_000_000)]
    public int Updates { get; init; } = 400;
}
