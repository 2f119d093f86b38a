using System.Globalization;
using Pilotage.Evaluation;

namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>Answers a user's own problem: is anything better than the rule in use, by how much, how sure is that, and what to order now.</summary>
internal static class HdpoApplication
{
    private const int LeastSeries = 8;                   // from so many on a series is a unit; below, stretches of time are
    private static readonly string[] Columns = ["policy", "cost/period", "against the rule in use (95 %)", "met from stock", "stock held", "verdict"];

    /// <summary>Solves the problem and writes the files.</summary>
    /// <exception cref="UserMistakeException">Input or settings cannot be used.</exception>
    public static ApplyReport Run(ApplyRequest request, IProgress<(double Share, string Text)>? progress, CancellationToken cancellation)
    {
        var config = (HdpoConfig)request.Settings;
        progress?.Report((0, "reading demand"));
        var seeds = SeedTree.Root(request.Seed);
        var demand = UserDemand.Read(request.Inputs, config.Apply, seeds.Branch("first states"));
        var world = demand.World;
        var candidates = new OrderCandidates(world, config, seeds, request, progress, cancellation).All();
        var recommended = candidates.MinBy(candidate => candidate.Validation)!;

        progress?.Report((0.95, "judging on the test periods"));
        var shown = Enumerable.Range(0, world.Panel.Count).MaxBy(i => world.Panel.Units[i]);
        var tested = candidates.Select(candidate => TestedCandidate.Of(candidate, world, shown)).ToList();
        var bound = TestedCandidate.Of(new("just in time", _ => new JustInTime(), 0), world, shown);
        var results = new StudyResults();
        foreach (var candidate in tested) results.Add(candidate.Candidate.Name, 0, [.. Units(candidate, config.Apply.LeadTime)]);

        var rows = tested.OrderByDescending(t => t.Candidate == recommended).ThenBy(t => t.Candidate.Validation).Select(t => Row(t, world, results)).ToList();
        rows.Add(["just in time (nobody can)", Money(bound.Cost), "", Share(bound.Run.FillRate), Money(Held(bound, world)), "bound"]);
        var files = new HdpoFiles(request.OutputFolder, demand, config.Apply);
        var chosen = tested.First(t => t.Candidate == recommended);
        var written = new List<string> { files.Orders(recommended), files.Costs(tested), files.Trace(chosen) };
        written.AddRange(files.Policy(recommended));
        var unit = world.Panel.Count >= LeastSeries ? "series" : "stretches of test periods";
        var notes = demand.Notes.Concat(
        [
            $"The policy was chosen by its cost on the validation periods; the figures are of the test periods. Intervals are over {unit}, paired with the rule in use.",
            demand.Stock is null ? "orders.csv begins from the stock that the recommended policy would have at the end of the history. Give a second file (series,on_hand,arriving_1, …) to have orders for the stock that you have."
                : "orders.csv is for the stock that you gave.",
        ]).ToList();
        return new(Headline(recommended, rows[0], tested[0]), Columns, rows, notes, written)
        {
            Plots = new HdpoPlots(world, config.Apply).All(tested, recommended, shown),
        };
    }

    // The validation periods choose, the unseen periods decide: only what is better there, with its whole interval, is told to be run.
    private static string Headline(OrderCandidate recommended, IReadOnlyList<string> row, TestedCandidate rule) =>
        recommended.Name == OrderCandidates.RuleInUse ? $"No, nothing is better than your rule: keep it. Nothing that was trained beat it on the validation periods; it costs {Money(rule.Cost)} a period."
        : row[^1] == "better" ? $"Yes, {recommended.Name} is better than your rule: {row[1]} a period instead of {Money(rule.Cost)}, {row[2]}, on periods that nothing had seen."
        : $"Not shown to be better: keep your rule until more is known. {recommended.Name} won on the validation periods, but on periods that nothing had seen its cost of {row[1]} a period, {row[2]} against the rule, is {row[^1]}. A longer history would decide.";

    private static IEnumerable<Measurement> Units(TestedCandidate tested, int leadTime)
    {
        if (tested.Costs.Length >= LeastSeries) return tested.Costs.Select((cost, i) => new Measurement("cost", FormattableString.Invariant($"series-{i}"), cost));
        var length = Math.Max(leadTime + 1, tested.PeriodCosts.Length / 12);                                   // what is ordered now is felt for as long
        return tested.PeriodCosts.Chunk(length).Where(block => block.Length == length).Select((block, i) => new Measurement("cost", FormattableString.Invariant($"stretch-{i}"), block.Average()));
    }

    private static IReadOnlyList<string> Row(TestedCandidate tested, PanelWorld world, StudyResults results)
    {
        var (difference, verdict) = ("", OrderCandidates.RuleInUse);
        if (tested.Candidate.Name != OrderCandidates.RuleInUse)
        {
            var effect = PairedEffect.Of(results, tested.Candidate.Name, OrderCandidates.RuleInUse, "cost", new EffectRule { Unit = Replication.Instance });
            var scale = tested.Costs.Length >= LeastSeries ? tested.Costs.Length : 1;                          // from a series' mean to the sum of all
            difference = double.IsFinite(effect.Low)
                ? FormattableString.Invariant($"{scale * effect.Estimate:+0.##;-0.##} [{scale * effect.Low:+0.##;-0.##}, {scale * effect.High:+0.##;-0.##}]")
                : FormattableString.Invariant($"{scale * effect.Estimate:+0.##;-0.##}, too few periods");
            verdict = effect.High < 0 ? "better" : effect.Low > 0 ? "worse" : "not decided";
        }
        return [tested.Candidate.Name, Money(tested.Cost), difference, Share(tested.Run.FillRate), Money(Held(tested, world)), verdict];
    }

    private static double Held(TestedCandidate tested, PanelWorld world) => tested.Run.OnHandOf.Select((stock, i) => stock * world.Panel.Units[i]).Sum();

    private static string Money(double value) => value.ToString(value >= 100 ? "0" : "0.00", CultureInfo.InvariantCulture);

    private static string Share(double value) => value.ToString("0.0 %", CultureInfo.InvariantCulture);
}
