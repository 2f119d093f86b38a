namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>What no schedule can beat.</summary>
internal static class LowerBounds
{
    /// <summary>Least makespan of all jobs: each from its arrival at its ideal time, and the work of those that are left at any arrival by all machines together.</summary>
    /// <remarks>For a batch: the longest critical path at the fastest speed, and total work over total speed.</remarks>
    public static double Makespan(ClusterProblem problem)
    {
        var first = problem.Jobs[0].Arrival;
        var rate = problem.Machines.Sum(machine => machine.Cores * machine.Speed);
        var (bound, later) = (0.0, 0.0);
        for (var job = problem.Jobs.Count - 1; job >= 0; job--)
        {
            later += problem.Jobs[job].Shape.TotalWork;
            bound = Math.Max(bound, problem.Jobs[job].Arrival - first + Math.Max(problem.Ideal[job], later / rate));
        }
        return bound;
    }

    /// <summary>Least mean completion: no job is faster than its ideal time, and the jobs together no faster than one machine with all cores that serves the one with least work left.</summary>
    public static double MeanCompletion(ClusterProblem problem)
    {
        var rate = problem.Machines.Sum(machine => machine.Cores * machine.Speed);
        return Math.Max(problem.Ideal.Average(), ShortestRemaining(problem, rate) / problem.Jobs.Count);
    }

    // Sum of completion times on one machine that serves the job with least work left, which is best for it.
    private static double ShortestRemaining(ClusterProblem problem, double rate)
    {
        var waiting = new PriorityQueue<double, double>();
        var (now, next, sum) = (0.0, 0, 0.0);
        while (next < problem.Jobs.Count || waiting.Count > 0)
        {
            if (waiting.Count == 0) now = Math.Max(now, problem.Jobs[next].Arrival);
            for (; next < problem.Jobs.Count && problem.Jobs[next].Arrival <= now; next++) waiting.Enqueue(problem.Jobs[next].Shape.TotalWork, problem.Jobs[next].Shape.TotalWork);
            var until = next < problem.Jobs.Count ? problem.Jobs[next].Arrival : double.PositiveInfinity;
            var work = waiting.Dequeue();
            var end = Math.Min(now + work / rate, until);
            sum += (end - now) * (waiting.Count + 1);
            var left = work - (end - now) * rate;
            if (end == until && left > 1e-9 * work) waiting.Enqueue(left, left);
            now = end;
        }
        return sum;
    }
}
