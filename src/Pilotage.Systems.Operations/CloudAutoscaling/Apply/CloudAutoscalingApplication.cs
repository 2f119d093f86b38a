using System.Globalization;
using Pilotage.Evaluation;

namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>Answers a user's own problem: which policy to run, what it saves, and how sure that is.</summary>
internal static class CloudAutoscalingApplication
{
    /// <summary>Solves the problem and writes the files.</summary>
    /// <exception cref="UserMistakeException">Input or settings cannot be used.</exception>
    public static ApplyReport Run(ApplyRequest request, IProgress<(double Share, string Text)>? progress, CancellationToken cancellation)
    {
        var config = (CloudAutoscalingConfig)request.Settings;
        progress?.Report((0, "reading the load history"));
        var history = UserHistory.Read(request.Inputs, config);
        var (trace, model) = (history.Trace, history.Model);
        var seeds = SeedTree.Root(request.Seed);
        var search = new CandidateSearch(history, config, seeds, request.Device, progress, cancellation);
        var candidates = search.Run();
        var recommended = candidates.OrderByDescending(candidate => candidate.Validation).ThenByDescending(candidate => candidate.IsRule).First();

        progress?.Report((0.95, "judging on the test days"));
        var results = new StudyResults();
        var tested = new List<(Candidate Candidate, ServiceStep[][] Days, DayFigures[] Figures)>();
        foreach (var candidate in candidates)
        {
            var days = DayRuns.Steps(candidate.Policy, trace.Workload, trace.Days.Test, model, candidate.Layout, seeds.Evaluation);
            var figures = Array.ConvertAll(days, day => DayFigures.Of(day, model));
            tested.Add((candidate, days, figures));
            results.Add(candidate.Name, 0, [.. figures.SelectMany((day, i) => StudyMetrics.Of(day, FormattableString.Invariant($"day-{trace.Days.Test[i].Number}")))]);
        }

        var files = new ApplyFiles(request.OutputFolder, history);
        var (chosen, points) = (tested.First(t => t.Candidate == recommended).Days, Tradeoff(history, tested));
        var written = new List<string>(files.Policy(recommended)) { files.Timeline(chosen), files.Tradeoff(points), files.Policies([.. tested.Select(t => (t.Candidate, t.Figures))]) };
        var rows = tested.OrderByDescending(t => t.Candidate == recommended).ThenByDescending(t => t.Candidate.Validation).Select(t => Row(t.Candidate, t.Figures, results)).ToList();
        var notes = history.Notes.Concat(
        [
            "Policies were chosen by their reward on the validation days; the figures are of the test days. Intervals are over test days, 95 %, paired with the rule in use.",
            search.DaysToBeatTheRule is { } days1 ? FormattableString.Invariant($"Q-learning, begun from nothing, beat {CandidateSearch.RuleInUse} after {days1} training day(s).") : $"Q-learning, begun from nothing, did not come to beat {CandidateSearch.RuleInUse}.",
        ]).ToList();
        notes.AddRange(Warning(Violations(recommended), Violations(candidates[0]), model.Settings.ViolationWeight));
        return new(Headline(recommended, rows[0]), Columns, rows, notes, written) { Plots = [ApplyPlots.Tradeoff(points, recommended.Name), ApplyPlots.Timeline(history, (recommended.Name, chosen[0]), tested[0].Days[0])] };

        double Violations(Candidate candidate) => tested.First(t => t.Candidate == candidate).Figures.Average(figure => figure.ViolationShare);
    }

    private static readonly string[] Columns = ["policy", "reward/min", "against the rule in use (95 %)", "cost/day", "violating", "verdict"];

    // The validation days choose, the unseen days decide: only what is better there, with its whole interval, is told to be run.
    private static string Headline(Candidate recommended, IReadOnlyList<string> row) =>
        recommended.Name == CandidateSearch.RuleInUse ? $"Keep {CandidateSearch.RuleInUse}: nothing that was tuned or trained beat it on the validation days."
        : row[^1] == "better" ? $"Run {recommended.Name} ({Parameters(recommended)}): reward {row[1]} a minute, against {CandidateSearch.RuleInUse} {row[2]} on days that nothing had seen: {row[^1]}."
        : $"Keep {CandidateSearch.RuleInUse} until more is known: {recommended.Name} ({Parameters(recommended)}) won on the validation days, but on days that nothing had seen its reward of {row[1]} a minute, {row[2]} against the rule, is {row[^1]}. A longer history would decide.";

    // A reward with cheap violations is best served by violating: that must be seen before it is deployed.
    private static IEnumerable<string> Warning(double recommended, double inUse, double weight) => recommended <= inUse + 0.05 ? [] :
    [
        FormattableString.Invariant($"Look twice: the recommended policy violates the service level in {recommended:P0} of the steps, the rule in use in {inUse:P0}. ")
        + FormattableString.Invariant($"At service.violationWeight = {weight} a violation is cheaper than the machines that would prevent it. If that is not so for you, raise the weight and run again."),
    ];

    private static IReadOnlyList<string> Row(Candidate candidate, DayFigures[] figures, StudyResults results)
    {
        var (difference, verdict) = ("", "rule in use");
        if (candidate.Name != CandidateSearch.RuleInUse)
        {
            var effect = PairedEffect.Of(results, candidate.Name, CandidateSearch.RuleInUse, StudyMetrics.Return, new EffectRule { Unit = Replication.Instance });
            difference = double.IsFinite(effect.Low)
                ? FormattableString.Invariant($"{effect.Estimate:+0.000;-0.000} [{effect.Low:+0.000;-0.000}, {effect.High:+0.000;-0.000}]")
                : FormattableString.Invariant($"{effect.Estimate:+0.000;-0.000}, too few days");
            verdict = effect.Low > 0 ? "better" : effect.High < 0 ? "worse" : "not decided";
        }
        string Mean(Func<DayFigures, double> figure, string format) => figures.Average(figure).ToString(format, CultureInfo.InvariantCulture);
        return [candidate.Name, Mean(f => f.Return, "0.000"), difference, Mean(f => f.Cost, "0.00"), Mean(f => f.ViolationShare, "0.0 %"), verdict];
    }

    private static string Parameters(Candidate candidate) => string.Join(", ", candidate.Parameters.Take(5).Select(p => FormattableString.Invariant($"{p.Key} {p.Value:0.###}")));

    // Target tracking at many targets draws the curve that the candidates are seen against.
    private static List<(string Name, double Cost, double Violations)> Tradeoff(UserHistory history, List<(Candidate Candidate, ServiceStep[][] Days, DayFigures[] Figures)> tested)
    {
        var layout = new ObservationLayout(history.Model.BootSteps, ShowsRow: true);
        var points = tested.Select(t => (t.Candidate.Name, t.Figures.Average(f => f.Cost), t.Figures.Average(f => f.ViolationShare))).ToList();
        foreach (var rule in RuleTuning.TargetTrackings().Cast<TargetTrackingRule>())
        {
            var figures = DayRuns.Figures(new ScalingPolicy(rule, history.Model, layout), history.Trace.Workload, history.Trace.Days.Test, history.Model, layout, default);
            points.Add((FormattableString.Invariant($"target tracking {rule.Target:0.00}, patience {rule.Patience}"), figures.Average(f => f.Cost), figures.Average(f => f.ViolationShare)));
        }
        return points;
    }
}
