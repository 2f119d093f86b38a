using Pilotage.Evaluation;
using Pilotage.Evaluation.Statistics;

namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>The paper's statements as tests, with fair seats unless said otherwise.</summary>
/// <remarks>
/// Units are seeds: each has its own training and its own deals, which its players share, so differences are paired. "Beats" is by rounds won and by coins, both at the full level
/// (intersection-union). Directions were fixed beforehand: one-sided.
/// </remarks>
internal static class StudyClaims
{
    private const string Source = "arXiv:2510.11736, championship and rule category", Ours = "bar of this bench";
    private const int LeastSeeds = 8;                    // what a laptop study must have
    private const double Margin = 1;                     // coins a round: a thirtieth of what random play loses
    private const double Points = 0.04;                  // how near the paper's table counts as reproduced

    // Published win rates of the rule category.
    private static readonly IReadOnlyList<(string Name, double Wins)> Published =
        [(AgentNames.Aggressive, 0.351), (AgentNames.Conservative, 0.194), (AgentNames.Balanced, 0.251), (AgentNames.Opportunistic, 0.204)];

    /// <summary>All claims.</summary>
    public static IReadOnlyList<Claim> All() =>
    [
        .. new[] { AgentNames.Ismcts, AgentNames.PaperPpo, AgentNames.Random }.Select(rival => Beats($"a-{rival}", StudyMetrics.Championship, AgentNames.Aggressive, rival, comparisons: 3, Source)),
        Beats("b", StudyMetrics.Championship, AgentNames.Ismcts, AgentNames.Random, comparisons: 1, Source),
        .. new[] { AgentNames.Random, AgentNames.PaperPpo }.Select(rival => Beats($"c-{rival}", StudyMetrics.Learners, AgentNames.Ppo, rival, comparisons: 2, Ours)),
        Rule(0.05, 2).Claim("d-success", "Among the rules, conservative has the highest share of successful calls", Source, Region.Above(0),
            (results, rule) => JointEffect.AtLeast(3, [.. Others().Select(other => PairedEffect.Of(results, AgentNames.Conservative, other, StudyMetrics.CallSuccess, rule))]), LeastSeeds),
        Rule(0.05, 2).Claim("d-wins", "Among the rules, conservative wins the fewest rounds", Source, Region.Below(0),
            (results, rule) => JointEffect.AtLeastBelow(3, [.. Others().Select(other => PairedEffect.Of(results, AgentNames.Conservative, other, StudyMetrics.Wins(StudyMetrics.Rules), rule))]), LeastSeeds),
        .. Published.Select(row => (Rule(0.05, Published.Count) with { Sides = Sides.Two }).Claim(
            $"e-{row.Name}", FormattableString.Invariant($"In the paper's harness {row.Name} wins {row.Wins:P1} of the rounds among the rules, within 4 points"), Source, new Region(Math.Round(row.Wins - Points, 3), Math.Round(row.Wins + Points, 3)),
            (results, rule) => LevelEffect.Of(results, row.Name, StudyMetrics.Wins(StudyMetrics.Paper), rule), LeastSeeds)),
        Rule(0.05, 1).Claim("e-seat", "The seat that begins every round wins more than 27 % of them among four equal players", Ours, Region.Above(0.27),
            (results, rule) => LevelEffect.Of(results, AgentNames.Aggressive, StudyMetrics.FirstSeat, rule), LeastSeeds),
        Rule(0.05, 1).Claim("best-rule", "With fair seats aggressive earns more coins than every other rule", Source, Region.Above(0),
            (results, rule) => JointEffect.AtLeast(3, [.. AgentNames.Rules.Skip(1).Select(other => PairedEffect.Of(results, AgentNames.Aggressive, other, StudyMetrics.Coins(StudyMetrics.Rules), rule))]), LeastSeeds),
        Beats("playouts", StudyMetrics.Search, AgentNames.RuleIsmcts, AgentNames.Ismcts, comparisons: 1, Ours),
        Beats("final-search", StudyMetrics.Final, AgentNames.RuleIsmcts, AgentNames.Aggressive, comparisons: 1, Ours),
        Rule(0.05, 1).Claim("ppo-rule", FormattableString.Invariant($"Among three rules PPO earns at most {Margin} coins a round less than aggressive does in its place"), Ours, Region.Above(-Margin),
            (results, rule) => PairedEffect.Of(results, AgentNames.Ppo, AgentNames.Aggressive, StudyMetrics.Coins(StudyMetrics.Field), rule), LeastSeeds),
    ];

    private static IEnumerable<string> Others() => AgentNames.Rules.Where(name => name != AgentNames.Conservative);

    private static EffectRule Rule(double level, int comparisons) => new() { Unit = Replication.Seed, Level = level, Comparisons = comparisons, Sides = Sides.One };

    private static Claim Beats(string id, string table, string a, string b, int comparisons, string source) => Rule(0.01, comparisons).Claim(
        id, $"At the table {table}, {a} beats {b} by rounds won and by coins", source, Region.Above(0),
        // Wins count in shares, coins in hundreds, so that the weaker of the two is told in one unit's order of magnitude; the border is 0 in both.
        (results, rule) => JointEffect.AtLeast(
            2, PairedEffect.Of(results, a, b, StudyMetrics.Wins(table), rule), Hundreds(PairedEffect.Of(results, a, b, StudyMetrics.Coins(table), rule))), LeastSeeds);

    private static Effect Hundreds(Effect coins) => coins with { Estimate = coins.Estimate / 100, Low = coins.Low / 100, High = coins.High / 100 };
}
