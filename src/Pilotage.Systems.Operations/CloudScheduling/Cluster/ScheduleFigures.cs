namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>How good a schedule was. All jobs that arrived are counted, until the last has left: nothing is cut at a horizon, which would leave out the slowest.</summary>
/// <param name="Makespan">Seconds from the first arrival to the last departure.</param>
/// <param name="MeanCompletion">Mean seconds from arrival to departure (JCT).</param>
/// <param name="TailCompletion">Its 95th percentile.</param>
/// <param name="Slowdown">Mean of completion over ideal time.</param>
/// <param name="EnergyKwh">Energy of all machines.</param>
/// <param name="Cost">Hours on times price.</param>
/// <param name="MissRate">Share of the jobs with a deadline that left after it; 0 where none has one.</param>
/// <param name="Utilisation">Core-seconds in use over core-seconds there were, in the makespan.</param>
/// <param name="Fairness">Jain's index of ideal time over completion.</param>
internal sealed record ScheduleFigures(
    double Makespan, double MeanCompletion, double TailCompletion, double Slowdown, double EnergyKwh, double Cost, double MissRate, double Utilisation, double Fairness)
{
    private const double Tail = 0.95;
    private const double JoulesPerKwh = 3.6e6;

    /// <summary>Of a simulation that has ended.</summary>
    public static ScheduleFigures Of(ClusterSimulation cluster)
    {
        var (problem, meter) = (cluster.Problem, cluster.Meter);
        var jobs = problem.Jobs.Count;
        var (completions, rates) = (new double[jobs], new double[jobs]);
        var (last, late, dated) = (0.0, 0, 0);
        for (var j = 0; j < jobs; j++)
        {
            ref readonly var state = ref cluster.JobAt(j);
            completions[j] = state.Left - problem.Jobs[j].Arrival;
            rates[j] = problem.Ideal[j] / completions[j];
            last = Math.Max(last, state.Left);
            if (!double.IsFinite(problem.Jobs[j].Deadline)) continue;
            dated++;
            if (state.Left > problem.Jobs[j].Deadline) late++;
        }
        var (joules, cost, used, cores) = (0.0, 0.0, 0.0, 0.0);
        for (var m = 0; m < problem.Machines.Count; m++)
        {
            joules += meter.Joules(m);
            cost += meter.OnSeconds(m) / 3600 * problem.Machines[m].PricePerHour;
            used += meter.CoreSeconds(m);
            cores += problem.Machines[m].Cores;
        }
        var makespan = last - problem.Jobs[0].Arrival;
        var slowdown = rates.Average(rate => 1 / rate);
        var (mean, fairness) = (completions.Average(), Jain(rates));
        Array.Sort(completions);
        return new(makespan, mean, completions[(int)Math.Ceiling(Tail * jobs) - 1], slowdown, joules / JoulesPerKwh, cost, dated == 0 ? 0 : late / (double)dated, used / (cores * makespan), fairness);
    }

    /// <summary>Jain's index: (sum x)^2 / (n sum x^2), from 1/n, one has all, to 1, all have the same.</summary>
    public static double Jain(ReadOnlySpan<double> values)
    {
        var (sum, squares) = (0.0, 0.0);
        foreach (var value in values) (sum, squares) = (sum + value, squares + value * value);
        return sum * sum / (values.Length * squares);
    }
}
