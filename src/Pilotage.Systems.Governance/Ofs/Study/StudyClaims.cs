using Pilotage.Evaluation;
using Pilotage.Evaluation.Statistics;

namespace Pilotage.Systems.Governance.Ofs;

/// <summary>The abstract's statements as tests, one of each for every problem.</summary>
/// <param name="problems">Who applies.</param>
internal sealed class StudyClaims(IReadOnlyList<Applicants> problems)
{
    /// <summary>How far below the oracle's reward still counts as near it: on the generated problems that of the abstract, on real data a hundredth of a unit.</summary>
    public static double NearOracle(Applicants problem) => problem.A is SampledGroup && problem.Name != "logit-normal" ? 0.01 : 0.003;

    private const string Source = "arXiv:2512.22313, abstract; bar of this bench";
    private const double MostlyFeasible = 0.95;
    private const int LeastSeeds = 8;

    /// <summary>All claims.</summary>
    public IReadOnlyList<Claim> All() =>
    [
        .. problems.SelectMany(problem => new[]
        {
            Rule(2, problem).Claim($"a-ucb-{problem.Name}", $"On {problem.Name} the search violates less in all than UCB", Source, Region.Below(0),
                (results, rule) => PairedEffect.Of(results, RuleKind.Search, RuleKind.Ucb, StudyMetrics.Violation, rule), LeastSeeds),
            Rule(2, problem).Claim($"a-dual-{problem.Name}", $"On {problem.Name} the search violates less in all than the primal-dual rule", Source, Region.Below(0),
                (results, rule) => PairedEffect.Of(results, RuleKind.Search, RuleKind.Dual, StudyMetrics.Violation, rule), LeastSeeds),
            Rule(1, problem).Claim($"b-price-{problem.Name}", $"On {problem.Name} every rule that earns more than the search in the last fifth violates more", Source, Region.Above(0), Price, LeastSeeds),
            Rule(1, problem).Claim($"b-{problem.Name}", $"On {problem.Name} the search has the largest feasible reward of all rules but the oracle", Source, Region.Above(0), Leads, LeastSeeds),
            Rule(1, problem).Claim($"c-{problem.Name}", FormattableString.Invariant($"On {problem.Name} the search earns at most {NearOracle(problem)} less than the oracle in the last fifth"), Source, Region.Above(-NearOracle(problem)),
                (results, rule) => PairedEffect.Of(results, RuleKind.Search, StudyArms.Oracle, StudyMetrics.SteadyReward, rule), LeastSeeds),
            Rule(1, problem).Claim($"d-{problem.Name}", FormattableString.Invariant($"On {problem.Name} the search holds the constraints in more than {MostlyFeasible:0 %} of the last fifth"), Source, Region.Above(MostlyFeasible),
                (results, rule) => LevelEffect.Of(results, RuleKind.Search, StudyMetrics.SteadyFeasible, rule), LeastSeeds),
            Rule(1, problem).Claim($"e-{problem.Name}", $"On {problem.Name} the search earns more than UCB in the last fifth, which the abstract says", Source, Region.Above(0),
                (results, rule) => PairedEffect.Of(results, RuleKind.Search, RuleKind.Ucb, StudyMetrics.SteadyReward, rule), LeastSeeds),
        }),
    ];

    private EffectRule Rule(int tests, Applicants problem) => new()
    {
        Unit = Replication.Seed, Comparisons = tests * problems.Count, Sides = Sides.Two, Instances = instance => instance == problem.Name,
    };

    private static IEnumerable<string> Rivals => RuleKind.All(new()).Select(kind => kind.Name).Where(name => name is not (RuleKind.Search or RuleKind.Windowed)).Append(StudyArms.BreakEven);

    // All must hold, so each is tested at the full level and the weakest speaks (intersection-union).
    private static Effect Leads(StudyResults results, EffectRule rule)
    {
        var effects = Rivals.Select(rival => PairedEffect.Of(results, RuleKind.Search, rival, StudyMetrics.FeasibleReward, rule)).ToList();
        return JointEffect.AtLeast(effects.Count, effects) with { Test = $"least of {effects.Count}: {effects[0].Test}" };
    }

    // Where none earns more there is no price to speak of: no units, no verdict.
    private static Effect Price(StudyResults results, EffectRule rule)
    {
        var richer = Rivals.Where(rival => PairedEffect.Of(results, rival, RuleKind.Search, StudyMetrics.SteadyReward, rule).Estimate > 0).ToList();
        if (richer.Count == 0) return new(0, 0, 0, 0, 1) { Test = "no rule earns more" };
        var effects = richer.Select(rival => PairedEffect.Of(results, rival, RuleKind.Search, StudyMetrics.Violation, rule)).ToList();
        return JointEffect.AtLeast(effects.Count, effects) with { Test = $"least of {string.Join(", ", richer)}: {effects[0].Test}" };
    }
}
