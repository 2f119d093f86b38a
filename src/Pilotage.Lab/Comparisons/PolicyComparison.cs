using Pilotage.Environments;
using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports;
using Pilotage.Evaluation.Reports.Plots;
using Pilotage.Lab.Reports;
using Pilotage.Policies;

namespace Pilotage.Lab.Comparisons;

/// <summary>Policies against each other on the same evaluation episodes: a study whose arms are policies that are already there.</summary>
/// <remarks>
/// Episode i begins alike for all of them and meets the same random numbers, as far as they do the same. Rows with one policy are compared over episodes,
/// which says which of these two policies earns more and nothing of how they were learned; a row of several training seeds is compared over those.
/// </remarks>
public sealed class PolicyComparison : IStudy
{
    // Rows that play side by side; each plays one episode, so that an episode's beginning does not depend on how long another one took.
    private const int RowsAtOnce = 256;

    private readonly EnvironmentEntry _environment;
    private readonly IReadOnlyList<PolicyGroup> _groups;
    private readonly int _episodes;
    private readonly SeedTree _seeds;

    /// <summary>Prepares a comparison.</summary>
    /// <param name="environment">Where all of them act.</param>
    /// <param name="groups">At least two rows with different names, the reference first and a rule among them. Rows of several seeds have equally many.</param>
    /// <param name="episodes">Evaluation episodes of each policy, at least 1.</param>
    /// <param name="seed">Root of the seed tree; its evaluation branch gives the episodes.</param>
    /// <exception cref="UserMistakeException">Rows have the same name (PIL0614), or different numbers of training seeds (PIL0615).</exception>
    public PolicyComparison(EnvironmentEntry environment, IReadOnlyList<PolicyGroup> groups, int episodes, long seed)
    {
        foreach (var name in groups.GroupBy(group => group.Name).Where(same => same.Count() > 1).Select(same => same.Key))
            throw Mistake("PIL0614", $"\"{name}\" is named twice.", "Name each policy once; copies of one folder need different names.");
        var seeds = groups.Where(group => group.Policies.Count > 1).Select(group => group.Policies.Count).Distinct().ToList();
        if (seeds.Count > 1)
        {
            throw Mistake(
                "PIL0615", $"The rows have {string.Join(" and ", groups.Where(group => group.Policies.Count > 1).Select(group => group.Policies.Count))} training seeds.",
                "Give as many runs for each method; they are paired in the order given.");
        }
        (_environment, _groups, _episodes, _seeds) = (environment, groups, episodes, SeedTree.Root(seed).Evaluation);
        SeedCount = seeds.FirstOrDefault(1);
        Metrics = [new("return", $"return ({environment.Spec.RewardUnit} per episode)", HigherIsBetter: true), new("length", "length (steps)", HigherIsBetter: true)];
        Arms =
        [
            .. groups.Select(group => new Arm(group.Name, KindOf(group), (trial, cancellation) => Play(group.Policies[trial.Seed].Policy, cancellation)) { IsDeterministic = group.Policies.Count == 1 }),
        ];
    }

    /// <inheritdoc/>
    public IReadOnlyList<Arm> Arms { get; }

    /// <inheritdoc/>
    /// <remarks>None: a claim needs a paper or a plan before the results.</remarks>
    public IReadOnlyList<Claim> Claims => [];

    /// <inheritdoc/>
    public int SeedCount { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Metrics { get; }

    /// <inheritdoc/>
    public string ReferenceArm => _groups[0].Name;

    /// <summary>What the numbers speak of, to be said beside them.</summary>
    public string Scope => SeedCount > 1
        ? FormattableString.Invariant($"Differences of rows with {SeedCount} training seeds are over those seeds, {_episodes} episodes each.")
        : FormattableString.Invariant($"Differences are over {_episodes} paired episodes of single policies: they say which of these policies earns more, not which method learns better; that needs several training seeds a row (run1,run2,...).");

    /// <summary>Plays all episodes and compares.</summary>
    /// <param name="parallelism">How many rows are played at once, at least 1. Changes no result.</param>
    /// <param name="progress">Told when a row begins and ends.</param>
    /// <param name="cancellation">Stops between two steps.</param>
    /// <returns>The report, with the probability of improvement in each comparison.</returns>
    /// <exception cref="RunFailedException">A policy chose an illegal action, or the environment broke its contract; the message names the row.</exception>
    public StudyReport Run(int parallelism, IProgress<StudyProgress>? progress, CancellationToken cancellation)
    {
        var outcome = StudyRunner.Run(this, new() { MaximumParallelism = parallelism, Progress = progress }, cancellation);
        var report = StudyReporter.Report(this, outcome, new(_environment.Name));
        return report with { Comparisons = [.. report.Comparisons.Select(comparison => comparison with { ProbabilityOfImprovement = Improvement(outcome.Results, comparison) })] };
    }

    /// <inheritdoc/>
    public IReadOnlyList<Plot> Plots(StudyOutcome outcome)
    {
        var series = _groups.Select(group => SeedBand.Of(group.Name, [.. group.Policies.Select(policy => policy.Curve)])).Where(line => line.X.Count > 0).ToList();
        if (series.Count == 0) return [];
        return
        [
            new LinePlot("learning-curves", "Return while learning", new("environment steps"), new("return", $"{_environment.Spec.RewardUnit} per episode"), series)
            {
                Note = SeedCount > 1 ? "Mean over training seeds with the 95 % interval of the mean; exploration included." : "One training seed a line, exploration included: other seeds give other curves.",
            },
        ];
    }

    private List<Measurement> Play(IPolicy policy, CancellationToken cancellation)
    {
        var measured = new List<Measurement>(2 * _episodes);
        for (var first = 0; first < _episodes; first += RowsAtOnce)
        {
            var count = Math.Min(RowsAtOnce, _episodes - first);
            var episodes = PolicyEvaluation.Run(policy, _environment.Create, count, _seeds.Branch(first), rows: count, cancellation);
            for (var i = 0; i < count; i++)
            {
                var instance = FormattableString.Invariant($"episode-{first + i}");
                measured.Add(new("return", instance, episodes.Returns[i]));
                measured.Add(new("length", instance, episodes.Lengths[i]));
            }
        }
        return measured;
    }

    private double Improvement(StudyResults results, ComparisonReport comparison) =>
        ImprovementEffect.Of(results, comparison.A, comparison.B, comparison.Metric, new() { Unit = Replication.Instance }).Estimate;

    private static ArmKind KindOf(PolicyGroup group) =>
        group.Policies[0].IsRule ? ArmKind.Heuristic : ArmKind.Method;

    private static UserMistakeException Mistake(string code, string what, string advice) => new(new Mistake(code, what, "", advice).ToString());
}
