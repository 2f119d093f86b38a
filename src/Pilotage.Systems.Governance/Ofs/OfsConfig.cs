using System.ComponentModel.DataAnnotations;
using Pilotage.Settings;

namespace Pilotage.Systems.Governance.Ofs;

/// <summary>Settings of optimistic feasible search. The paper's text beyond its abstract was not at hand: constants are assumptions from the literature of constrained bandits.</summary>
[Settings]
public sealed partial record OfsConfig : ISettingsRules
{
    /// <summary>T: rounds, each with one threshold and one batch of people.</summary>
    [Range(10, 10_000_000)]
    public int Rounds { get; init; } = 5000;

    /// <summary>K: thresholds, evenly spaced from 0 to 1. Few: the best lies between two; many: each is seen less often.</summary>
    [Range(2, 10_000)]
    public int Thresholds { get; init; } = 41;

    /// <summary>n: people who apply in a round. Small: gaps between groups are noise.</summary>
    [Range(1, 1_000_000)]
    public int BatchSize { get; init; } = 200;

    /// <summary>epsilon: greatest difference of the two groups' acceptance rates that counts as parity.</summary>
    [Range(0.0, 1.0)]
    public double ParityGap { get; init; } = 0.05;

    /// <summary>s_min: least acceptance rate over both groups; 0 asks for none, and then refusing everybody is feasible.</summary>
    [Range(0.0, 1.0)]
    public double MinimumAcceptance { get; init; }

    /// <summary>u_good: what an accepted person with a good outcome is worth.</summary>
    [Range(0.0, 1e9)]
    public double GoodUtility { get; init; } = 1;

    /// <summary>u_bad: what an accepted person with a bad outcome costs. Lenders' cost matrices have up to five times the gain.</summary>
    [Range(0.0, 1e9)]
    public double BadUtility { get; init; } = 1;

    /// <summary>gamma: how much a gap between acceptance rates moves the share of group A among arrivals. 0: decisions change nobody.</summary>
    [Range(-10.0, 10.0)]
    public double Feedback { get; init; } = 0.3;

    /// <summary>eta: share of the way that arrivals move in a round.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double Adaptation { get; init; } = 0.05;

    /// <summary>m_lo: arrivals never hold less of group A.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double LeastShare { get; init; } = 0.05;

    /// <summary>m_hi: arrivals never hold more of group A.</summary>
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public double GreatestShare { get; init; } = 0.95;

    /// <summary>delta: probability with which any radius may be too short.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double Confidence { get; init; } = 0.05;

    /// <summary>Factors of the radii (c) that are tried on tuning seeds; explorers without radii get as many probabilities. With one value nothing is tuned.</summary>
    [Range(0.0, 100.0)]
    public IReadOnlyList<double> Radii { get; init; } = [0.1, 0.25, 0.5, 1, 2];

    /// <summary>Exploration probabilities of the greedy rule that are tried on tuning seeds.</summary>
    [Range(0.0, 1.0)]
    public IReadOnlyList<double> Explorations { get; init; } = [0.01, 0.02, 0.05, 0.1, 0.2];

    /// <summary>Tuning seeds of each value; none of them is used for figures.</summary>
    [Range(1, 1000)]
    public int TuningSeeds { get; init; } = 5;

    /// <summary>W: rounds that the windowed search remembers.</summary>
    [Range(1, 10_000_000)]
    public int Window { get; init; } = 2000;

    /// <summary>lambda_max: greatest price of a residual in the primal-dual rule.</summary>
    [Range(0.0, 1e6)]
    public double GreatestPrice { get; init; } = 10;

    /// <summary>Whether gaps are estimated as two signed residuals or as one absolute one, which noise biases.</summary>
    public ResidualForm ResidualForm { get; init; } = ResidualForm.Signed;

    /// <summary>Rounds until the outcomes of a batch are known. 0: at once; loans take longer.</summary>
    [Range(0, 1_000_000)]
    public int OutcomeDelay { get; init; }

    /// <summary>Apply: the threshold in use today.</summary>
    [Range(0.0, 1.0)]
    public double ThresholdToday { get; init; } = 0.5;

    /// <summary>Apply: lives of the search, each with other people, for the intervals.</summary>
    [Range(2, 1000)]
    public int ApplyRuns { get; init; } = 10;

    /// <inheritdoc/>
    public IEnumerable<string> Problems()
    {
        if (Rounds < 2 * Thresholds) yield return FormattableString.Invariant($"rounds = {Rounds} leave no time after the first pass over {Thresholds} thresholds. Give at least {2 * Thresholds}, or fewer thresholds.");
        if (LeastShare >= GreatestShare) yield return FormattableString.Invariant($"leastShare = {LeastShare} is not below greatestShare = {GreatestShare}. Lower one or raise the other.");
        if (GoodUtility + BadUtility == 0) yield return "goodUtility and badUtility are both 0: nothing is at stake. Raise one.";
        if (Radii.Count == 0) yield return "radii is empty. Give at least one factor, for example [1].";
        if (Explorations.Count == 0) yield return "explorations is empty. Give at least one probability, for example [0.05].";
        if (OutcomeDelay >= Rounds) yield return FormattableString.Invariant($"outcomeDelay = {OutcomeDelay} is not below rounds = {Rounds}: no outcome would ever be known. Lower it.");
    }

    /// <summary>The score from which accepting pays, whatever the group.</summary>
    internal double BreakEven => BadUtility / (GoodUtility + BadUtility);
}
