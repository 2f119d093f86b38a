using System.Globalization;

namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>The stages of a job and which waits for which: a directed graph without cycles. Immutable; jobs of one kind share it.</summary>
internal sealed class JobShape
{
    private JobShape(IReadOnlyList<Stage> stages, int[][] parents, int[][] children, int[] order)
    {
        (Stages, Parents, Children, Order) = (stages, parents, children, order);
        Tails = new double[stages.Count];
        foreach (var stage in order.Reverse()) Tails[stage] = stages[stage].Work + children[stage].Select(next => Tails[next]).DefaultIfEmpty(0).Max();
        CriticalPath = Tails.Max();
        TotalWork = stages.Sum(stage => stage.TotalWork);
    }

    public IReadOnlyList<Stage> Stages { get; }

    /// <summary>Stages that each stage waits for.</summary>
    public int[][] Parents { get; }

    /// <summary>Stages that wait for each stage.</summary>
    public int[][] Children { get; }

    /// <summary>Stages in an order in which each stands behind those that it waits for.</summary>
    public int[] Order { get; }

    /// <summary>Work on the longest path from the beginning of each stage to the end of the job, one task a stage: no number of machines of speed 1 is faster.</summary>
    public double[] Tails { get; }

    /// <summary>The longest of <see cref="Tails"/>.</summary>
    public double CriticalPath { get; }

    /// <summary>Core-seconds at speed 1 of all tasks.</summary>
    public double TotalWork { get; }

    /// <summary>Checks and links stages.</summary>
    /// <param name="stages">At least one.</param>
    /// <param name="edges">From a stage to one that waits for it, by index.</param>
    /// <param name="where">Where the job stands, for messages: <c>jobs.json, line 3</c>.</param>
    /// <exception cref="UserMistakeException">Numbers are impossible or stages wait for each other in a cycle; holds all problems.</exception>
    public static JobShape Create(IReadOnlyList<Stage> stages, IReadOnlyList<(int From, int To)> edges, string where = "")
    {
        var problems = new List<string>();
        if (stages.Count == 0) problems.Add(Text("PIL1608", "A job has no stage.", where, "Give it at least one stage with its work."));
        foreach (var stage in stages)
        {
            if (!(stage.Work > 0 && double.IsFinite(stage.Work)))
                problems.Add(Text("PIL1603", Invariant($"The work of '{stage.Name}' is {stage.Work}; it must be a finite number of seconds above 0."), where, "Leave out what takes no time, or give the seconds on a machine of speed 1."));
            if (!(stage.Cores > 0 && double.IsFinite(stage.Cores)) || !(stage.Memory >= 0 && double.IsFinite(stage.Memory)) || !(stage.OutputBytes >= 0 && double.IsFinite(stage.OutputBytes)))
                problems.Add(Text("PIL1604", Invariant($"'{stage.Name}' asks for {stage.Cores} cores and {stage.Memory} of memory and leaves {stage.OutputBytes} bytes; cores are above 0, the others at least 0."), where, "Correct them."));
            if (stage.Tasks < 1) problems.Add(Text("PIL1604", Invariant($"'{stage.Name}' has {stage.Tasks} tasks; it must have at least 1."), where, "Leave the stage out or give it tasks."));
        }
        foreach (var (from, to) in edges)
            if (from < 0 || from >= stages.Count || to < 0 || to >= stages.Count)
                problems.Add(Text("PIL1602", $"An edge goes from stage {from} to stage {to}; the stages are 0 to {stages.Count - 1}.", where, "Correct the number or add the stage."));
        UserMistakeException.ThrowIfAny(problems);

        int[][] parents = [.. stages.Select((_, i) => edges.Where(edge => edge.To == i).Select(edge => edge.From).Distinct().Order().ToArray())];
        int[][] children = [.. stages.Select((_, i) => edges.Where(edge => edge.From == i).Select(edge => edge.To).Distinct().Order().ToArray())];
        var order = Sort(parents, children);
        if (order.Length < stages.Count) throw new UserMistakeException(Cycle(stages, parents, order, where));
        return new(stages, parents, children, order);
    }

    private static int[] Sort(int[][] parents, int[][] children)
    {
        var waiting = Array.ConvertAll(parents, before => before.Length);
        var order = new List<int>(Enumerable.Range(0, waiting.Length).Where(stage => waiting[stage] == 0));
        for (var i = 0; i < order.Count; i++)
            foreach (var next in children[order[i]])
                if (--waiting[next] == 0) order.Add(next);
        return [.. order];
    }

    // What cannot be ordered waits for something that cannot be ordered: going back from there must come round.
    private static string Cycle(IReadOnlyList<Stage> stages, int[][] parents, int[] order, string where)
    {
        var stuck = Enumerable.Range(0, stages.Count).Except(order).ToHashSet();
        var path = new List<int> { stuck.Min() };
        while (path.Count == path.Distinct().Count()) path.Add(parents[path[^1]].First(stuck.Contains));
        var cycle = path.Skip(path.IndexOf(path[^1])).Reverse();
        return Text("PIL1601", $"The stages {string.Join(" -> ", cycle.Select(stage => $"'{stages[stage].Name}'"))} wait for each other, so none of them could begin.", where, "Remove one of these edges.");
    }

    private static string Text(string code, string what, string where, string advice) => new Mistake(code, what, where, advice).ToString();

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
