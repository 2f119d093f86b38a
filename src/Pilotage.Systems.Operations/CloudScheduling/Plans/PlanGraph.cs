namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Tasks for machines that run one at a time: what each costs where, who waits for whom, and what fetching takes between machines.</summary>
/// <param name="Costs">[task][lane]: seconds; infinity where it cannot run.</param>
/// <param name="Edges">From a task to one that waits for it, with the seconds of fetching between different machines.</param>
/// <param name="MachineOf">The machine of each lane; lanes of one machine need not fetch from each other.</param>
internal sealed record PlanGraph(double[][] Costs, IReadOnlyList<(int From, int To, double Transfer)> Edges, int[] MachineOf)
{
    public int Count => Costs.Length;

    /// <summary>Per task: those that wait for it, with their transfer.</summary>
    public (int Task, double Transfer)[][] Children { get; } = Lists(Costs.Length, Edges.Select(edge => (edge.From, edge.To, edge.Transfer)));

    /// <summary>Per task: those that it waits for, with their transfer.</summary>
    public (int Task, double Transfer)[][] Parents { get; } = Lists(Costs.Length, Edges.Select(edge => (edge.To, edge.From, edge.Transfer)));

    /// <summary>Mean seconds of a task over the lanes that can run it.</summary>
    public double MeanCost(int task)
    {
        var (sum, count) = (0.0, 0);
        foreach (var cost in Costs[task])
            if (double.IsFinite(cost)) (sum, count) = (sum + cost, count + 1);
        return sum / count;
    }

    /// <summary>Longest way from the beginning of each task to the end, in mean costs: rank_u(i) = w_i + max over j of (c_ij + rank_u(j)).</summary>
    public double[] UpwardRanks()
    {
        var ranks = new double[Count];
        foreach (var task in Order().Reverse()) ranks[task] = MeanCost(task) + Children[task].Select(child => child.Transfer + ranks[child.Task]).DefaultIfEmpty(0).Max();
        return ranks;
    }

    /// <summary>Longest way from the beginning to each task, without it: rank_d(i) = max over parents j of (rank_d(j) + w_j + c_ji).</summary>
    public double[] DownwardRanks()
    {
        var ranks = new double[Count];
        foreach (var task in Order()) ranks[task] = Parents[task].Select(parent => ranks[parent.Task] + MeanCost(parent.Task) + parent.Transfer).DefaultIfEmpty(0).Max();
        return ranks;
    }

    /// <summary>Tasks in an order in which each stands behind those that it waits for.</summary>
    public int[] Order()
    {
        var waiting = Array.ConvertAll(Parents, before => before.Length);
        var order = new List<int>(Enumerable.Range(0, Count).Where(task => waiting[task] == 0));
        for (var i = 0; i < order.Count; i++)
            foreach (var (next, _) in Children[order[i]])
                if (--waiting[next] == 0) order.Add(next);
        return [.. order];
    }

    private static (int Task, double Transfer)[][] Lists(int count, IEnumerable<(int Key, int Value, double Transfer)> pairs)
    {
        var lists = Array.ConvertAll(new int[count], _ => new List<(int, double)>());
        foreach (var (key, value, transfer) in pairs) lists[key].Add((value, transfer));
        return Array.ConvertAll(lists, list => list.ToArray());
    }
}
