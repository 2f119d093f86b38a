namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>A user's machines and jobs.</summary>
/// <param name="Problem">As they are in the files; the first job arrives at 0.</param>
/// <param name="Beginning">When the first job arrives by the files' clock, in seconds.</param>
/// <param name="Notes">What was read and left out.</param>
internal sealed record UserCluster(ClusterProblem Problem, double Beginning, IReadOnlyList<string> Notes)
{
    private const int MostTold = 20;

    /// <summary>Reads the files, told apart by what they hold.</summary>
    /// <param name="paths">A file of machines and a file of jobs.</param>
    /// <exception cref="UserMistakeException">They cannot be used; holds all problems.</exception>
    public static UserCluster Read(IReadOnlyList<string> paths)
    {
        UserMistakeException.ThrowIfAny([.. paths.Where(path => !File.Exists(path)).Select(path => new Mistake("PIL1609", $"There is no file {path}.", "", "Give machines as CSV, and jobs as CSV, JSON or SWF.").ToString())]);
        var machineFiles = paths.Where(MachineFile.Is).ToList();
        var jobFiles = paths.Except(machineFiles).ToList();
        if (machineFiles.Count != 1 || jobFiles.Count != 1)
            throw new UserMistakeException(new Mistake("PIL1615", $"{machineFiles.Count} file(s) of machines and {jobFiles.Count} of jobs.", "", "Give one of each: --input machines.csv --input jobs.csv. Machines have a column speed.").ToString());
        var (problems, notes) = (new List<string>(), new List<string>());
        var machines = MachineFile.Read(machineFiles[0], problems);
        var jobs = WorkloadLog.Is(jobFiles[0]) ? WorkloadLog.Read(jobFiles[0], problems, notes)
            : Path.GetExtension(jobFiles[0]).Equals(".json", StringComparison.OrdinalIgnoreCase) ? JobJson.Read(jobFiles[0], problems) : JobTable.Read(jobFiles[0], problems);
        if (problems.Count > MostTold) problems = [.. problems.Take(MostTold), $"{problems.Count - MostTold} more problems of this kind."];
        UserMistakeException.ThrowIfAny(problems);

        var first = jobs.Count == 0 ? 0 : jobs.Min(job => job.Arrival);
        if (first > 0 && double.IsFinite(first)) jobs = [.. jobs.Select(job => job with { Arrival = job.Arrival - first, Deadline = job.Deadline - first })];
        var problem = ClusterProblem.Create(machines, jobs);
        notes.Insert(0, FormattableString.Invariant($"{jobs.Count} jobs with {problem.Tasks.Sum()} tasks, {problem.Jobs.Sum(job => job.Shape.TotalWork):0} core-seconds at speed 1, for {machines.Count} machines."));
        var last = problem.Jobs[^1].Arrival;
        var load = last > 0 ? problem.Jobs.Sum(job => job.Shape.TotalWork) / (machines.Sum(machine => machine.Cores * machine.Speed) * last) : 0;
        if (load >= 1) notes.Add(FormattableString.Invariant($"While jobs arrive more work comes than the machines can do (load {load:0.00}): the queue grows as long as they do. Figures are of these jobs until the last has left, not of a steady state."));
        if (first > 0) notes.Add(FormattableString.Invariant($"The schedule counts time as your files do; figures count it from the first arrival, at {first:0.###} s."));
        return new(problem, first, notes);
    }
}
