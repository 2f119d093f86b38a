using System.ComponentModel.DataAnnotations;
using Pilotage.Settings;

namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>The parameters of a rule that plays; the paper's four differ in nothing else.</summary>
[Settings]
public sealed partial record PlayStyle
{
    /// <summary>When it calls: limit, balanced or opportunistic.</summary>
    public CallStyle Call { get; init; } = CallStyle.Limit;

    /// <summary>With call = limit: the highest hand that it calls with. Low: rarely fails, rarely wins; the house rules' threshold: calls always.</summary>
    [Range(0, 100)]
    public int CallLimit { get; init; } = 100;

    /// <summary>Takes the offered card up to this value (theta); 2 more when its hand is above 15, 1 less when it is at most 12. Usual 3-5.</summary>
    [Range(0, 13)]
    public int PickLimit { get; init; } = 4;

    /// <summary>Weight of the discarded value (w_high). Low: prefers sets and runs of low cards; high: throws high cards singly. Usual 0.5-1.5.</summary>
    [Range(0.0, 100.0)]
    public double HighWeight { get; init; } = 1;

    /// <summary>Factor of the whole score (risk). It changes no choice, since all options share it; kept because the paper has it.</summary>
    [Range(0.0, 100.0, MinimumIsExclusive = true)]
    public double Risk { get; init; } = 1;

    /// <summary>Calls whenever it may.</summary>
    public static PlayStyle Aggressive { get; } = new() { Risk = 1.2 };

    /// <summary>Calls up to 7.</summary>
    public static PlayStyle Conservative { get; } = new() { CallLimit = 7, PickLimit = 3, HighWeight = 0.6, Risk = 0.8 };

    /// <summary>Calls the more likely the lower its hand.</summary>
    public static PlayStyle Balanced { get; } = new() { Call = CallStyle.Balanced, HighWeight = 0.8 };

    /// <summary>Calls by its hand, its coins and the time.</summary>
    public static PlayStyle Opportunistic { get; } = new() { Call = CallStyle.Opportunistic, HighWeight = 0.8, Risk = 1.2 };
}
