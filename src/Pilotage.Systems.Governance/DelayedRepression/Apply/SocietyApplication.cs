using Pilotage.Evaluation.Reports.Plots;

namespace Pilotage.Systems.Governance.DelayedRepression;

/// <summary>Answers for a user's own graph: at which delays a regulator's lag lets the agents run away, and whether today's is among them.</summary>
internal sealed class SocietyApplication(SocialGraph graph, DelayedRepressionConfig config, ApplyRequest request, IProgress<(double Share, string Text)>? progress, CancellationToken cancellation)
{
    private static readonly string[] Columns = ["agents", "delay", "runaway, whole run", "runaway, second half", "radicals, second half", "swing", "verdict"];
    private static readonly (string Name, Architecture Architecture)[] Architectures =
        [(StudyArms.Fixed, Architecture.Fixed), (StudyArms.Reactive, Architecture.Reactive), (StudyArms.Learning, Architecture.Learning)];

    /// <summary>Reads the graph and answers.</summary>
    /// <exception cref="UserMistakeException">Input or settings cannot be used; holds all problems.</exception>
    public static ApplyReport Run(ApplyRequest request, IProgress<(double Share, string Text)>? progress, CancellationToken cancellation)
    {
        var config = (DelayedRepressionConfig)request.Settings;
        var problems = new List<string>(config.Problems());
        SocialGraph? graph = null;
        if (request.Inputs.Count != 1) problems.Add($"{request.Inputs.Count} input files were given; delayed-repression takes one CSV file: a,C,k,x_c for feedback loops, or src,dst,weight for a graph.");
        else
        {
            try
            {
                graph = EdgeListFile.Read(request.Inputs[0]);
            }
            catch (UserMistakeException mistake)
            {
                problems.AddRange(mistake.Problems);
            }
        }
        UserMistakeException.ThrowIfAny(problems);
        return new SocietyApplication(graph!, config, request, progress, cancellation).Run();
    }

    private ApplyReport Run()
    {
        int[] delays = [.. config.Delays.Append(config.DelayToday).Distinct().Order()];
        var outcomes = new List<Outcome>();
        foreach (var (name, architecture) in Architectures)
            foreach (var delay in delays)
            {
                progress?.Report(((double)outcomes.Count / (Architectures.Length * delays.Length), FormattableString.Invariant($"{name}, delay {delay}")));
                outcomes.Add(new(name, delay, Live(architecture, delay)));
            }
        var today = outcomes.Where(outcome => outcome.Delay == config.DelayToday).ToList();
        var worst = today.MaxBy(outcome => outcome.Full.Share)!;
        var safe = delays.TakeWhile(delay => outcomes.Where(outcome => outcome.Delay == delay).All(outcome => outcome.Full.Interval().High <= config.AcceptedShare)).ToList();
        var longest = safe.Count == 0
            ? "no delay that was tried, not even 0, is shown to be safe for all three kinds of agents"
            : FormattableString.Invariant($"the longest delay that is safe for all three kinds is {safe[^1]}");
        var headline = today.All(outcome => outcome.Full.Interval().High <= config.AcceptedShare)
            ? FormattableString.Invariant($"Today's delay of {config.DelayToday} is safe: whatever kind of agents, at most {today.Max(outcome => outcome.Full.Interval().High):0 %} of the runs run away; {longest}.")
            : FormattableString.Invariant($"Today's delay of {config.DelayToday} is not shown to be safe: {worst.Full.Share:0 %} of the {worst.Agents} runs ran away; {longest}.");
        return new(headline, Columns, [.. outcomes.OrderByDescending(outcome => outcome.Delay == config.DelayToday).Select(Row)],
            [
                FormattableString.Invariant($"Read {graph.Count} agents and {graph.Sources.Length} directed edges; {graph.Bridges.Count(isBridge => isBridge)} agents are bridges by betweenness; agents' charisma, costs and detectability were drawn anew for each of {config.ApplyRuns} runs."),
                FormattableString.Invariant($"Safe: the upper end of the 95 % interval of runs that ran away, by the whole run, is at most {config.AcceptedShare:0 %} (acceptedShare). A run has run away where more than {config.RunawayShare:0 %} were radical."),
                "Which kind your agents are decides: reactive ones answer each signal at once, learning ones by experience. Alarm levels in their rules assume payoffs of the default size.",
            ], [])
        {
            Plots = [Curve(outcomes, delays, outcome => outcome.Full, "whole-run", "whole run"), Curve(outcomes, delays, outcome => outcome.Tail, "second-half", "second half")],
        };
    }

    private Regime[] Live(Architecture architecture, int delay)
    {
        var regimes = new Regime[config.ApplyRuns];
        for (var run = 0; run < regimes.Length; run++)
        {
            cancellation.ThrowIfCancellationRequested();
            var seeds = SeedTree.Root(request.Seed).Evaluation.Branch(run);
            var population = Population.Draw(graph, seeds.Branch("population"));
            regimes[run] = Regime.Of(SocietyRun.Live(graph, population, config, architecture, delay, isGoverned: false, seeds.Branch("run").Branch(delay)).Radicals, config.RunawayShare);
        }
        return regimes;
    }

    private IReadOnlyList<string> Row(Outcome outcome)
    {
        static string Text(Rate rate) => FormattableString.Invariant($"{rate.Share:0 %} [{rate.Interval().Low:0 %}, {rate.Interval().High:0 %}]");
        var interval = outcome.Full.Interval();
        return
        [
            outcome.Agents, FormattableString.Invariant($"{outcome.Delay}{(outcome.Delay == config.DelayToday ? " (today)" : "")}"), Text(outcome.Full), Text(outcome.Tail),
            FormattableString.Invariant($"{outcome.Regimes.Average(regime => regime.TailMean):0.00}"), FormattableString.Invariant($"{outcome.Regimes.Average(regime => regime.TailAmplitude):0.00}"),
            interval.High <= config.AcceptedShare ? "safe" : interval.Low > config.AcceptedShare ? "not safe" : "not decided",
        ];
    }

    private static LinePlot Curve(IReadOnlyList<Outcome> outcomes, IReadOnlyList<int> delays, Func<Outcome, Rate> rate, string name, string rule) =>
        new(name, $"Runs that run away, judged by the {rule}", new("delay of the alarm", "steps"), new("runs", "share"),
        [
            .. Architectures.Select(kind =>
            {
                var rates = outcomes.Where(outcome => outcome.Agents == kind.Name).Select(rate).ToList();
                return new LineSeries(kind.Name, [.. delays.Select(delay => (double)delay)], [.. rates.Select(r => r.Share)]) { Low = [.. rates.Select(r => r.Interval().Low)], High = [.. rates.Select(r => r.Interval().High)] };
            }),
        ])
        { Note = "Bands are Wilson intervals, 95 %." };

    private sealed record Outcome(string Agents, int Delay, IReadOnlyList<Regime> Regimes)
    {
        public Rate Full => new(Regimes.Count(regime => regime.IsRunawayFull), Regimes.Count);

        public Rate Tail => new(Regimes.Count(regime => regime.IsRunawayTail), Regimes.Count);
    }
}
