using System.Globalization;

namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>What can be wrong with machines and jobs that fit together badly. What is wrong inside one job is told by <see cref="JobShape"/>.</summary>
internal static class ProblemCheck
{
    private const int MostTold = 20;

    public static IEnumerable<string> Problems(IReadOnlyList<Machine> machines, IReadOnlyList<Job> jobs)
    {
        var problems = Of(machines).Concat(Of(jobs)).Concat(Misfits(machines, jobs)).ToList();
        return problems.Count <= MostTold ? problems : [.. problems.Take(MostTold), $"{problems.Count - MostTold} more problems of this kind."];
    }

    /// <summary>What is wrong with machines alone.</summary>
    public static IEnumerable<string> Of(IReadOnlyList<Machine> machines)
    {
        if (machines.Count == 0) yield return Text("PIL1608", "There is no machine.", "Give at least one.");
        foreach (var name in Repeated(machines.Select(machine => machine.Name))) yield return Text("PIL1607", $"Two machines are named '{name}'.", "Rename one of them.");
        foreach (var machine in machines)
        {
            if (!IsAbove(machine.Speed)) yield return Text("PIL1606", Invariant($"The speed of machine '{machine.Name}' is {machine.Speed}; it must be a finite number above 0."), "Give 1 for the machine in whose seconds work is measured, 2 for one twice as fast.");
            if (!IsAbove(machine.Cores) || !IsAbove(machine.Memory)) yield return Text("PIL1606", Invariant($"Machine '{machine.Name}' has {machine.Cores} cores and {machine.Memory} of memory; both must be above 0."), "Correct them.");
            if (!(machine.IdleWatts >= 0 && machine.FullWatts >= machine.IdleWatts && double.IsFinite(machine.FullWatts)))
                yield return Text("PIL1606", Invariant($"Machine '{machine.Name}' takes {machine.IdleWatts} W idle and {machine.FullWatts} W at full load; 0 <= idle <= full is needed."), "Correct them; columns may be exchanged.");
            if (!(machine.PricePerHour >= 0 && double.IsFinite(machine.PricePerHour))) yield return Text("PIL1606", Invariant($"The price of machine '{machine.Name}' is {machine.PricePerHour}; it must be at least 0."), "Correct it.");
        }
    }

    private static IEnumerable<string> Of(IReadOnlyList<Job> jobs)
    {
        if (jobs.Count == 0) yield return Text("PIL1608", "There is no job: the horizon is empty.", "Give at least one job, or a horizon that holds an arrival.");
        foreach (var name in Repeated(jobs.Select(job => job.Name))) yield return Text("PIL1607", $"Two jobs are named '{name}'.", "Rename one of them.");
        foreach (var job in jobs)
        {
            if (!(job.Arrival >= 0 && double.IsFinite(job.Arrival))) yield return Text("PIL1617", Invariant($"Job '{job.Name}' arrives at {job.Arrival} s; it must be a finite time of at least 0."), "Count from the first arrival.");
            if (!(job.Deadline > job.Arrival)) yield return Text("PIL1617", Invariant($"Job '{job.Name}' has its deadline at {job.Deadline} s and arrives at {job.Arrival} s."), "A deadline comes after the arrival; leave it out for none.");
            if (!IsAbove(job.Weight)) yield return Text("PIL1617", Invariant($"The weight of job '{job.Name}' is {job.Weight}; it must be above 0."), "Give 1 for an ordinary job.");
        }
    }

    private static IEnumerable<string> Misfits(IReadOnlyList<Machine> machines, IReadOnlyList<Job> jobs)
    {
        if (machines.Count == 0) yield break;
        foreach (var job in jobs)
            foreach (var stage in job.Shape.Stages)
            {
                if (machines.Any(machine => ClusterProblem.CouldRun(machine, stage.Cores, stage.Memory))) continue;
                var nearest = machines.MaxBy(machine => Math.Min(machine.Cores / stage.Cores, stage.Memory > 0 ? machine.Memory / stage.Memory : 1))!;
                yield return Text("PIL1605", Invariant($"A task of stage '{stage.Name}' of job '{job.Name}' needs {stage.Cores} cores and {stage.Memory} of memory at once, which no machine has; the nearest, '{nearest.Name}', has {nearest.Cores} and {nearest.Memory}."),
                    "Split the task or add a machine that holds it.");
            }
    }

    private static IEnumerable<string> Repeated(IEnumerable<string> names) => names.GroupBy(name => name).Where(group => group.Skip(1).Any()).Select(group => group.Key);

    private static bool IsAbove(double value) => value > 0 && double.IsFinite(value);

    private static string Text(string code, string what, string advice) => new Mistake(code, what, "", advice).ToString();

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
