using Pilotage.Evaluation.Reports;
using Pilotage.Evaluation.Reports.Plots;

namespace Pilotage.Systems.Governance.DelayedRepression;

/// <summary>Answers for feedback loops of a user's own: the safe delay, how far today's is from it, what happens beyond.</summary>
internal static class LoopApplication
{
    private const double Near = 0.8;                     // share of the critical delay from which a loop is called close to it
    private static readonly string[] Columns = ["loop", "rest x*", "critical delay", "period there", "Re c1", "your delay", "times critical", "late swing", "verdict"];

    /// <summary>Whether the input describes feedback loops rather than a graph.</summary>
    public static bool Accepts(IReadOnlyList<string> inputs) => inputs.Count == 1 && File.Exists(inputs[0]) && !new CsvTable(inputs[0]).Header.Contains("src", StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the loops and answers.</summary>
    /// <exception cref="UserMistakeException">The file cannot be used; holds all problems.</exception>
    public static ApplyReport Run(ApplyRequest request)
    {
        var loops = Read(request.Inputs[0]);
        var answers = loops.Select(Answer).ToList();
        var unstable = answers.Where(answer => answer.Ratio >= 1).ToList();
        var delayed = answers.Where(answer => answer.Ratio is not null).ToList();
        var headline = delayed.Count == 0
            ? FormattableString.Invariant($"{answers[0].Name} stays at rest up to a delay of {Figures.Of(answers[0].Hopf.CriticalDelay)}. Give your own delays in a column 'delay' to compare.")
            : unstable.Count == 0
                ? FormattableString.Invariant($"All {delayed.Count} loop(s) with a delay come to rest; the nearest to its limit is {delayed.MaxBy(answer => answer.Ratio)!.Name}, at {delayed.Max(answer => answer.Ratio):0.00} of its critical delay.")
                : FormattableString.Invariant($"{unstable.Count} of {delayed.Count} loop(s) do not come to rest: {string.Join(", ", unstable.Select(answer => FormattableString.Invariant($"{answer.Name}'s delay is {answer.Ratio:0.00} times the critical one")))}. Shorten the delay or make the response less sharp.");
        return new(headline, Columns, [.. answers.OrderByDescending(answer => answer.Ratio ?? 0).Select(answer => answer.Row)],
            [
                "Times are in the unit of a and C. Re c1 < 0: beyond the critical delay the cycle is bounded and grows from nothing.",
                "The late swing is half the distance between the extremes of the solved equation over its last ten periods, from a start 0.05 off its rest or less.",
            ], [])
        {
            Plots = [.. delayed.Take(3).Select(answer => answer.Solution), Diagram(answers[0])],
        };
    }

    private static List<(string Name, FeedbackLoop Loop, double? Delay)> Read(string path)
    {
        var table = new CsvTable(path);
        var columns = new[] { "a", "C", "k", "x_c" }.Select(name => table.Column(name, isRequired: true)).ToList();
        UserMistakeException.ThrowIfAny(table.Problems);
        var (delay, name) = (table.Column("delay", isRequired: false), table.Column("name", isRequired: false));
        var loops = new List<(string, FeedbackLoop, double?)>();
        foreach (var (line, fields) in table.Rows())
        {
            var before = table.Problems.Count;
            var numbers = columns.Select(column => table.Number(line, fields, column)).ToList();
            double? given = delay < 0 || fields[delay].AsSpan().Trim().IsEmpty ? null : table.Number(line, fields, delay);
            if (table.Problems.Count > before) continue;
            var loop = new FeedbackLoop(numbers[0], numbers[1], numbers[2], numbers[3]);
            table.Problems.AddRange(loop.Problems($"{path}, line {line}"));
            if (given < 0) table.Problems.Add(FormattableString.Invariant($"{path}, line {line}, column 'delay': {given} is below 0. An answer cannot come before its cause."));
            loops.Add((name < 0 ? FormattableString.Invariant($"loop {loops.Count + 1}") : fields[name].Trim(), loop, given));
        }
        if (loops.Count == 0 && table.Problems.Count == 0) table.Problems.Add($"{path} has no line below its header. Give one line for each loop: a,C,k,x_c.");
        UserMistakeException.ThrowIfAny(table.Problems);
        return loops;
    }

    private static LoopAnswer Answer((string Name, FeedbackLoop Loop, double? Delay) given)
    {
        var hopf = HopfPoint.Of(given.Loop);
        var ratio = given.Delay / hopf.CriticalDelay;
        var swing = given.Delay is { } delay ? Bifurcation.LateSwing(given.Loop, delay, 60 * hopf.Period, 10 * hopf.Period, Push(given.Loop)) : (Swing?)null;
        var verdict = ratio switch { null => "–", < Near => "rests", < 1 => "rests, but close", _ => "cycles" };
        return new(given.Name, given.Loop, given.Delay, hopf, ratio,
        [
            given.Name, Figures.Of(hopf.Equilibrium), Figures.Of(hopf.CriticalDelay), Figures.Of(hopf.Period), Figures.Of(hopf.FirstCoefficient), given.Delay is { } d ? Figures.Of(d) : "–",
            ratio is { } r ? Figures.Of(r) : "–", swing is { } s ? Figures.Of(s.Amplitude) : "–", verdict,
        ]);
    }

    private static double Push(FeedbackLoop loop) => Math.Min(0.05, Math.Min(loop.Equilibrium, 1 - loop.Equilibrium) / 2);

    private static LinePlot Diagram(LoopAnswer answer)
    {
        var multiples = Enumerable.Range(1, 40).Select(i => i / 10.0).ToList();
        var swings = multiples.Select(multiple => Bifurcation.LateSwing(answer.Loop, multiple * answer.Hopf.CriticalDelay, 60 * answer.Hopf.Period, 10 * answer.Hopf.Period, Push(answer.Loop)).Amplitude).ToList();
        return new("bifurcation", $"{answer.Name}: when it begins to swing", new("delay", "critical delays"), new("late swing"), [new(answer.Name, multiples, swings)]);
    }

    private sealed record LoopAnswer(string Name, FeedbackLoop Loop, double? Delay, HopfPoint Hopf, double? Ratio, IReadOnlyList<string> Row)
    {
        public Plot Solution
        {
            get
            {
                var solver = new DelaySolver(Loop.Slope, Delay!.Value, Loop.Equilibrium + Push(Loop));
                var horizon = 20 * Hopf.Period;
                solver.AdvanceTo(horizon);
                var times = Enumerable.Range(0, 801).Select(i => horizon * i / 800).ToList();
                var slug = string.Concat(Name.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-'));
                return new LinePlot($"solution-{slug}", $"{Name} at its delay of {Figures.Of(Delay.Value)}", new("time"), new("radicals", "share"),
                    [new("true", times, [.. times.Select(solver.At)]), new("as the regulator sees it", times, [.. times.Select(time => solver.At(time - Delay.Value))]) { IsReference = true }]);
            }
        }
    }
}
