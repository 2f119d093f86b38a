using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;

namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>The figures of a user's cluster: who ran what when, how many jobs waited, what it drew, and how all algorithms did.</summary>
internal sealed class ApplyPlots(ClusterProblem problem)
{
    private const int MostBars = 2000, MostMachines = 60, Points = 200;

    /// <summary>All figures.</summary>
    public IReadOnlyList<Plot> All(Competitor best, Competitor inUse, IReadOnlyList<Competitor> all) =>
    [
        Gantt(best),
        Curves(best == inUse ? [best] : [best, inUse], inUse),
        new ScatterPlot("trade", "Time against energy on your jobs", new("mean completion time", "s"), new("energy", "kWh"), [.. all.Select(c => new ScatterPoint(c.Name, c.Actual.MeanCompletion, c.Actual.EnergyKwh, c.Policy is null ? ArmKind.Heuristic : ArmKind.Method))]),
    ];

    /// <summary>Those of one schedule.</summary>
    public IReadOnlyList<Plot> Of(Competitor only) => [Gantt(only), Curves([only], only)];

    /// <summary>Who ran what when.</summary>
    public GanttPlot Gantt(Competitor competitor)
    {
        var bars = competitor.Log.Tasks.Where(run => run.Machine < MostMachines).OrderBy(run => run.Start).Take(MostBars).Select(run =>
        {
            var job = problem.Jobs[problem.JobOf[run.Stage]];
            return new GanttBar(run.Machine, run.Start, run.End, job.Name, FormattableString.Invariant($"{job.Name}, {job.Shape.Stages[run.Stage - problem.FirstStage[problem.JobOf[run.Stage]]].Name}: {run.Start:0.#} to {run.End:0.#}"));
        }).ToList();
        var isCut = competitor.Log.Tasks.Count > bars.Count;
        return new("gantt", $"Your jobs under {competitor.Name}", new("time", "s"), [.. problem.Machines.Take(MostMachines).Select(machine => machine.Name)], bars)
        {
            Note = "A colour is a job; tasks beside each other on one machine lie below each other." + (isCut ? FormattableString.Invariant($" The first {MostBars} tasks of the first {MostMachines} machines; all are in schedule.csv.") : ""),
        };
    }

    private TimelinePlot Curves(IReadOnlyList<Competitor> shown, Competitor inUse)
    {
        var end = shown.Max(competitor => competitor.Log.Segments.Max(segment => segment.End));
        double[] times = [.. Enumerable.Range(0, Points + 1).Select(i => end * i / Points)];
        var cores = problem.Machines.Sum(machine => machine.Cores);
        return new("curves", "Jobs, use and power through time", new("time", "s"),
        [
            new(new("jobs in the system"), [.. shown.Select(c => Line(c, Jobs(c, times)))]),
            new(new("cores in use", "%"), [.. shown.Select(c => Line(c, [.. times.Select(time => 100 * c.Log.Tasks.Where(run => run.Start <= time && time < run.End).Sum(run => problem.Cores[run.Stage]) / cores)]))]),
            new(new("power", "W"), [.. shown.Select(c => Line(c, [.. times.Select(time => c.Log.Segments.Where(segment => segment.Start <= time && time < segment.End).Sum(segment => segment.Watts))]))]),
        ]);

        LineSeries Line(Competitor competitor, double[] values) => new(competitor.Name, times, values) { IsStepped = true, IsReference = competitor == inUse && shown.Count > 1 };
    }

    private static double[] Jobs(Competitor competitor, double[] times)
    {
        var (values, place, jobs) = (new double[times.Length], 0, 0);
        for (var i = 0; i < times.Length; i++)
        {
            for (; place < competitor.Log.Levels.Count && competitor.Log.Levels[place].Time <= times[i]; place++) jobs = competitor.Log.Levels[place].Jobs;
            values[i] = jobs;
        }
        return values;
    }
}
