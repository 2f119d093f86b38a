using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;

namespace Pilotage.Systems.Governance.Ofs;

/// <summary>The study's own figures: what each rule earns and violates, how it gets there, and over which bounds and feedbacks the search holds.</summary>
/// <param name="problems">Who applies.</param>
/// <param name="config">Settings.</param>
/// <param name="isSwept">Whether the search was swept.</param>
internal sealed class StudyPlots(IReadOnlyList<Applicants> problems, OfsConfig config, bool isSwept)
{
    private const int Points = 200;

    /// <summary>All figures.</summary>
    public IReadOnlyList<Plot> All(StudyResults results) => [.. problems.Select(problem => Tradeoff(results, problem)), .. problems.Take(1).SelectMany(problem => Lives(results, problem)), .. Swept(results)];

    private ScatterPlot Tradeoff(StudyResults results, Applicants problem)
    {
        double Mean(string arm, string metric) => results.SeedsOf(arm).Average(seed => results.Values(arm, seed, metric)[problem.Name]);
        var arms = new StudyArms(problems, config, isSwept).All();
        return new($"tradeoff-{problem.Name}", $"What each rule earns and violates on {problem.Name}", new("violation", "summed over rounds"), new("reward of the last fifth", "per applicant"),
            [.. arms.Select(arm => new ScatterPoint(arm.Name, Mean(arm.Name, StudyMetrics.Violation), Mean(arm.Name, StudyMetrics.SteadyReward), arm.Kind))])
        {
            Note = "Means over seeds, by the population's truth. Rules to the right earn by violating.",
        };
    }

    // One life of each, drawn anew: the measurements hold sums alone.
    private IEnumerable<Plot> Lives(StudyResults results, Applicants problem)
    {
        var (grid, seeds) = (new ThresholdGrid(problem, config), SeedTree.Root(0).Branch("shown"));
        var lives = RuleKind.All(config).Where(kind => kind.Name is RuleKind.Search or RuleKind.Ucb or RuleKind.Dual)
            .Select(kind => (kind.Name, Life: Lifetime.Live(grid, config, kind.Make(config, results.Values(kind.Name, 0, StudyMetrics.Tuned)[problem.Name]), seeds))).ToList();
        var points = Math.Min(Points, config.Rounds);
        var rounds = Enumerable.Range(1, points).Select(i => (double)i * config.Rounds / points).ToList();
        yield return new LinePlot($"violation-{problem.Name}", $"Violation while learning, {problem.Name}", new("rounds"), new("violation", "summed"),
            [.. lives.Select(l => new LineSeries(l.Name, rounds, l.Life.ViolationUntil(grid, rounds)))]);
        var search = lives.Single(l => l.Name == RuleKind.Search).Life;
        yield return new LinePlot($"thresholds-{problem.Name}", $"Thresholds that the search chose, {problem.Name}", new("rounds"), new("threshold"),
            [new(RuleKind.Search, rounds, [.. rounds.Select(round => grid.Thresholds[search.Choices[(int)round - 1]])]) { IsStepped = true }])
        { Levels = [(StudyArms.Oracle, grid.Thresholds[grid.Oracle])] };
    }

    private IEnumerable<Plot> Swept(StudyResults results)
    {
        if (!isSwept) yield break;
        foreach (var (metric, name, title) in new[] { (StudyMetrics.SweptGap, "swept-gap", "How far below the oracle the search ends"), (StudyMetrics.SweptViolation, "swept-violation", "What the search violates in all") })
        {
            var values = from gap in StudyArms.SweptGaps
                         from feedback in StudyArms.SweptFeedbacks
                         select results.SeedsOf(RuleKind.Search).Average(seed => results.Values(RuleKind.Search, seed, metric)[StudyArms.SweptPath(gap, feedback)]);
            yield return new HeatmapPlot(name, $"{title}, {problems[0].Name}", new("feedback gamma"), new("bound of the gap"),
                [.. StudyArms.SweptFeedbacks.Select(f => FormattableString.Invariant($"{f}"))], [.. StudyArms.SweptGaps.Select(g => FormattableString.Invariant($"{g}"))], [.. values], new(metric == StudyMetrics.SweptGap ? "reward" : "violation, summed"));
        }
    }
}
