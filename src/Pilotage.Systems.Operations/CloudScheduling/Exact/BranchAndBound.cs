namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>The best schedule of a few tasks, all there at once, on a few machines that run one at a time. Exact.</summary>
internal sealed class BranchAndBound
{
    /// <summary>The largest problem: 3^8 leaves at most.</summary>
    public const int MostTasks = 8, MostMachines = 3;

    private readonly double[] _work, _speeds, _loads;
    private readonly double[] _left;                     // work of the tasks from each on
    private readonly int[] _machines, _best;
    private readonly int[] _counts;
    private readonly bool _isMean;
    private double _least = double.PositiveInfinity;

    private BranchAndBound(double[] work, double[] speeds, bool isMean)
    {
        (_work, _speeds, _isMean) = (work, speeds, isMean);
        (_loads, _counts, _machines, _best) = (new double[speeds.Length], new int[speeds.Length], new int[work.Length], new int[work.Length]);
        _left = new double[work.Length + 1];
        for (var task = work.Length - 1; task >= 0; task--) _left[task] = _left[task + 1] + work[task];
    }

    /// <summary>Nodes that were looked at.</summary>
    public long Nodes { get; private set; }

    /// <summary>Least makespan.</summary>
    /// <param name="work">Of each task, at most <see cref="MostTasks"/>.</param>
    /// <param name="speeds">Of each machine, at most <see cref="MostMachines"/>.</param>
    /// <returns>The makespan, and the machine of each task.</returns>
    public static (double Value, int[] Machines, long Nodes) Makespan(IReadOnlyList<double> work, IReadOnlyList<double> speeds) => Solve(work, speeds, isMean: false);

    /// <summary>Least sum of completion times: on each machine the shortest come first.</summary>
    /// <param name="work">Of each task, at most <see cref="MostTasks"/>.</param>
    /// <param name="speeds">Of each machine, at most <see cref="MostMachines"/>.</param>
    /// <returns>The sum, and the machine of each task.</returns>
    public static (double Value, int[] Machines, long Nodes) TotalCompletion(IReadOnlyList<double> work, IReadOnlyList<double> speeds) => Solve(work, speeds, isMean: true);

    private static (double Value, int[] Machines, long Nodes) Solve(IReadOnlyList<double> work, IReadOnlyList<double> speeds, bool isMean)
    {
        if (work.Count is 0 or > MostTasks || speeds.Count is 0 or > MostMachines)
            throw new ArgumentException($"{work.Count} tasks on {speeds.Count} machines; 1 to {MostTasks} on 1 to {MostMachines} are solved exactly.", nameof(work));
        // Longest first: then large parts of the tree are cut early, and the k-th last of a machine's tasks, which delays k of them, is the k-th in this order.
        int[] order = [.. Enumerable.Range(0, work.Count).OrderByDescending(task => work[task])];
        var search = new BranchAndBound([.. order.Select(task => work[task])], [.. speeds], isMean);
        search.Branch(0, 0);
        var machines = new int[work.Count];
        for (var i = 0; i < order.Length; i++) machines[order[i]] = search._best[i];
        return (search._least, machines, search.Nodes);
    }

    private void Branch(int task, double value)
    {
        Nodes++;
        if (task == _work.Length)
        {
            _least = value;
            _machines.CopyTo(_best, 0);
            return;
        }
        for (var machine = 0; machine < _speeds.Length; machine++)
        {
            var time = _work[task] / _speeds[machine];
            var next = _isMean ? value + time * (_counts[machine] + 1) : Math.Max(value, _loads[machine] + time);
            _loads[machine] += time;
            _counts[machine]++;
            _machines[task] = machine;
            if (Math.Max(next, Bound(task + 1, next)) < _least * (1 - 1e-12)) Branch(task + 1, next);
            _loads[machine] -= time;
            _counts[machine]--;
        }
    }

    // What is left, spread over all machines without loss, or each task alone on the fastest.
    private double Bound(int task, double value)
    {
        var (speed, done, fastest) = (0.0, 0.0, 0.0);
        for (var machine = 0; machine < _speeds.Length; machine++)
        {
            speed += _speeds[machine];
            done += _loads[machine] * _speeds[machine];
            fastest = Math.Max(fastest, _speeds[machine]);
        }
        return _isMean ? value + _left[task] / fastest : (done + _left[task]) / speed;
    }
}
