using System.Collections.Concurrent;
using Pilotage.Evaluation;

namespace Pilotage.Systems.Governance.Ofs;

/// <summary>The study's arms: the break-even rule, the searches and bandits, and the oracle, on the same people.</summary>
/// <param name="problems">Who applies.</param>
/// <param name="config">Settings.</param>
/// <param name="isSwept">Whether the search is also run over bounds and strengths of the feedback.</param>
internal sealed class StudyArms(IReadOnlyList<Applicants> problems, OfsConfig config, bool isSwept)
{
    /// <summary>Names of the arms that do not learn.</summary>
    public const string BreakEven = "break-even", Oracle = "oracle";

    /// <summary>What is swept on the first problem.</summary>
    public static readonly double[] SweptGaps = [0.02, 0.05, 0.1], SweptFeedbacks = [0, 0.3, 0.6];

    private readonly ConcurrentDictionary<(string Rule, string Problem), double> _tuned = new();

    /// <summary>All arms.</summary>
    public IReadOnlyList<Arm> All() =>
    [
        new(BreakEven, ArmKind.Heuristic, (trial, stop) => Fixed(grid => grid.Nearest(config.BreakEven), trial, stop)),
        .. RuleKind.All(config).Select(kind => new Arm(kind.Name, kind.Name is RuleKind.Search or RuleKind.Windowed ? ArmKind.Method : ArmKind.Baseline, (trial, stop) => Learned(kind, trial, stop))),
        new(Oracle, ArmKind.Baseline, (trial, stop) => Fixed(grid => grid.Oracle, trial, stop)),
    ];

    /// <summary>Instance of a swept setting.</summary>
    public static string SweptPath(double gap, double feedback) => FormattableString.Invariant($"gap-{gap}/feedback-{feedback}");

    private List<Measurement> Fixed(Func<ThresholdGrid, int> choose, Trial trial, CancellationToken stop)
    {
        var measured = new List<Measurement>();
        foreach (var problem in problems)
        {
            var grid = new ThresholdGrid(problem, config);
            measured.AddRange(StudyMetrics.Of(Lifetime.Live(grid, config, new FixedThreshold(choose(grid)), trial.Seeds.Branch(problem.Name), stop), grid));
        }
        return measured;
    }

    private List<Measurement> Learned(RuleKind kind, Trial trial, CancellationToken stop)
    {
        var measured = new List<Measurement>();
        foreach (var problem in problems)
        {
            var grid = new ThresholdGrid(problem, config);
            // Tuned once for all trials, on seeds of its own; whichever trial comes first finds the same value.
            var value = _tuned.GetOrAdd((kind.Name, problem.Name), _ => kind.Tuned(grid, config, TuningSeeds.Branch(problem.Name), stop));
            measured.AddRange(StudyMetrics.Of(Lifetime.Live(grid, config, kind.Make(config, value), trial.Seeds.Branch(problem.Name), stop), grid));
            measured.Add(new(StudyMetrics.Tuned, problem.Name, value));
        }
        if (isSwept && kind.Name == RuleKind.Search) measured.AddRange(Swept(kind, trial, stop));
        return measured;
    }

    private static SeedTree TuningSeeds => SeedTree.Root(0).Branch("tuning");

    private IEnumerable<Measurement> Swept(RuleKind kind, Trial trial, CancellationToken stop)
    {
        foreach (var gap in SweptGaps)
        {
            foreach (var feedback in SweptFeedbacks)
            {
                var settings = config with { ParityGap = gap, Feedback = feedback };
                var grid = new ThresholdGrid(problems[0], settings);
                var life = Lifetime.Live(grid, settings, kind.Make(settings, _tuned[(kind.Name, problems[0].Name)]), trial.Seeds.Branch("swept"), stop);
                yield return new(StudyMetrics.SweptGap, SweptPath(gap, feedback), grid.Reward(grid.Oracle, grid.SteadyShare(grid.Oracle)) - life.SteadyReward(grid));
                yield return new(StudyMetrics.SweptViolation, SweptPath(gap, feedback), life.CumulativeViolation(grid));
            }
        }
    }
}
