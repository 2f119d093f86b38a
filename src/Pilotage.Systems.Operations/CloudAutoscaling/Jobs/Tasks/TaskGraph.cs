using System.Globalization;

namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>The tasks of a job and which must wait for which: a directed graph without cycles. Immutable and shared by all rows.</summary>
internal sealed class TaskGraph
{
    private readonly int[][] _successors, _predecessors;

    private TaskGraph(IReadOnlyList<JobTask> tasks, int[][] predecessors, int[][] successors, int[] order)
    {
        (Tasks, _predecessors, _successors, Order) = (tasks, predecessors, successors, order);
        Tails = new double[tasks.Count];
        foreach (var task in order.Reverse()) Tails[task] = tasks[task].Work + successors[task].Select(next => Tails[next]).DefaultIfEmpty(0).Max();
        CriticalPath = Tails.Max();
        TotalWork = tasks.Sum(task => task.Work);
        ByTail = [.. Enumerable.Range(0, tasks.Count).OrderByDescending(task => Tails[task]).ThenBy(task => task)];
    }

    public IReadOnlyList<JobTask> Tasks { get; }

    public int Count => Tasks.Count;

    /// <summary>Tasks in an order in which each stands after those that it waits for.</summary>
    public int[] Order { get; }

    /// <summary>Work on the longest path from the beginning of each task to the end of the job: HEFT's upward rank without transfers.</summary>
    public double[] Tails { get; }

    /// <summary>Tasks by falling tail: who is served first.</summary>
    public int[] ByTail { get; }

    /// <summary>Work on the longest path, in seconds at speed 1: no fleet of speed 1 is faster.</summary>
    public double CriticalPath { get; }

    /// <summary>Work of all tasks, in seconds at speed 1.</summary>
    public double TotalWork { get; }

    /// <summary>Tasks that wait for a task.</summary>
    public ReadOnlySpan<int> Successors(int task) => _successors[task];

    /// <summary>Tasks that a task waits for.</summary>
    public ReadOnlySpan<int> Predecessors(int task) => _predecessors[task];

    /// <summary>Checks and links tasks.</summary>
    /// <param name="tasks">At least one.</param>
    /// <param name="where">Tells where a task stands: <c>jobs.csv, line 3</c>.</param>
    /// <exception cref="UserMistakeException">Names repeat or are unknown, work is not positive, or tasks wait for each other in a cycle; holds all problems.</exception>
    public static TaskGraph Create(IReadOnlyList<JobTask> tasks, Func<int, string>? where = null)
    {
        where ??= index => $"task {index + 1}";
        var problems = new List<string>();
        if (tasks.Count == 0) problems.Add("The job has no task. Give at least one with a name and its work in seconds.");
        var places = new Dictionary<string, int>();
        for (var i = 0; i < tasks.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(tasks[i].Name)) problems.Add($"{where(i)}: the task has no name. Give each task a name of its own.");
            else if (!places.TryAdd(tasks[i].Name, i)) problems.Add($"{where(i)}: a second task is named '{tasks[i].Name}'; the first is at {where(places[tasks[i].Name])}. Rename one of them.");
            if (!(tasks[i].Work > 0 && double.IsFinite(tasks[i].Work)))
                problems.Add(string.Create(CultureInfo.InvariantCulture, $"{where(i)}: the work of '{tasks[i].Name}' is {tasks[i].Work} s; it must be a finite number above 0. Give the seconds that it takes on a machine of speed 1."));
        }
        var predecessors = new int[tasks.Count][];
        for (var i = 0; i < tasks.Count; i++)
        {
            foreach (var name in tasks[i].After.Where(name => !places.ContainsKey(name)))
                problems.Add($"{where(i)}: '{tasks[i].Name}' comes after '{name}', but no task has that name. Correct the name or add the task.");
            predecessors[i] = [.. tasks[i].After.Where(places.ContainsKey).Select(name => places[name]).Distinct()];
        }
        UserMistakeException.ThrowIfAny(problems);

        var successors = Successors(predecessors);
        var order = Sort(predecessors, successors);
        if (order.Length < tasks.Count) throw new UserMistakeException(Cycle(tasks, predecessors, order, where));
        return new(tasks, predecessors, successors, order);
    }

    private static int[][] Successors(int[][] predecessors)
    {
        var successors = Array.ConvertAll(predecessors, _ => new List<int>());
        for (var task = 0; task < predecessors.Length; task++)
            foreach (var before in predecessors[task]) successors[before].Add(task);
        return Array.ConvertAll(successors, list => list.ToArray());
    }

    private static int[] Sort(int[][] predecessors, int[][] successors)
    {
        var waiting = Array.ConvertAll(predecessors, before => before.Length);
        var order = new List<int>(Enumerable.Range(0, waiting.Length).Where(task => waiting[task] == 0));
        for (var i = 0; i < order.Count; i++)
            foreach (var next in successors[order[i]])
                if (--waiting[next] == 0) order.Add(next);
        return [.. order];
    }

    // What cannot be ordered waits for something that cannot be ordered: going back from there must come round.
    private static string Cycle(IReadOnlyList<JobTask> tasks, int[][] predecessors, int[] order, Func<int, string> where)
    {
        var stuck = Enumerable.Range(0, tasks.Count).Except(order).ToHashSet();
        var path = new List<int> { stuck.Min() };
        while (path.Count == path.Distinct().Count()) path.Add(predecessors[path[^1]].First(stuck.Contains));
        var cycle = path.Skip(path.IndexOf(path[^1])).Reverse().ToList();
        return $"{where(cycle[0])}: the tasks {string.Join(" -> ", cycle.Select(task => $"'{tasks[task].Name}'"))} wait for each other, so none of them could begin. Remove one of these dependencies.";
    }
}
