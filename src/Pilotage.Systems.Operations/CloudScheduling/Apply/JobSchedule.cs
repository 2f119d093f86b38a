using System.Globalization;
using Pilotage.Policies;

namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Gives a user's jobs to a user's machines by one rule, or by a policy that <see cref="SchedulingApplication"/> trained.</summary>
internal static class JobSchedule
{
    /// <summary>The rules by name; the first is taken where none is named.</summary>
    public static IReadOnlyList<string> Rules { get; } = ["sjf", .. SchedulerCatalog.Names.Where(name => name != "sjf")];

    private static readonly string[] Columns = ["policy", "jobs", "makespan [s]", "mean JCT [s]", "95 % JCT", "slowdown", "kWh", "cost", "late", "use"];

    /// <summary>Schedules and writes the files.</summary>
    /// <exception cref="UserMistakeException">Files, policy or settings cannot be used.</exception>
    public static ApplyReport Run(ScheduleRequest request)
    {
        var rules = ((CloudSchedulingConfig)request.Settings).Apply.Rules;
        UserMistakeException.ThrowIfAny([.. rules.Problems()]);
        var isRule = Rules.Contains(request.Policy);
        if (!isRule && !PolicyFile.Exists(request.Policy))
            throw new UserMistakeException(new Mistake("PIL1620", $"There is no rule and no policy '{request.Policy}'.", "--policy", $"Rules are {string.Join(", ", Rules)}; or give the folder that pilotage apply cloud-scheduling wrote.").ToString());
        var cluster = UserCluster.Read([request.Machines, request.Jobs]);
        var seeds = SeedTree.Root(request.Seed);
        var make = isRule ? own => SchedulerCatalog.Make(request.Policy, own) : Learned(request, new UserWorld(cluster.Problem, rules));
        var done = Competitor.OnJobs(isRule ? request.Policy : Path.GetFileName(Path.TrimEndingDirectorySeparator(request.Policy)), make, cluster.Problem, rules, seeds);
        var files = new SchedulingFiles(request.OutputFolder, cluster);
        var own = done.Actual;
        return new(
            Text($"{(cluster.Problem.Jobs.Count == 1 ? "1 job is" : $"{cluster.Problem.Jobs.Count} jobs are")} done after {own.Makespan:0.#} s by {done.Name}; a job takes {own.MeanCompletion:0.##} s from arrival to end in the mean, {own.Slowdown:0.##} times what it would take alone."), Columns,
            [[done.Name, Text($"{cluster.Problem.Jobs.Count}"), Text($"{own.Makespan:0.#}"), Text($"{own.MeanCompletion:0.##}"), Text($"{own.TailCompletion:0.##}"), Text($"{own.Slowdown:0.##}"), Text($"{own.EnergyKwh:0.###}"), Text($"{own.Cost:0.##}"), Text($"{own.MissRate:0.0 %}"), Text($"{own.Utilisation:0.0 %}")]],
            [.. cluster.Notes, SchedulingApplication.PowerNote(rules)], [files.Schedule(done), files.ScheduleJson(done), files.Figures([done])])
        {
            Plots = new ApplyPlots(cluster.Problem).Of(done),
        };
    }

    // A policy says in which view it was trained; that of a queue serves any cluster, that of machines as many as it was trained with.
    private static Func<SeedTree, IScheduler> Learned(ScheduleRequest request, UserWorld world)
    {
        var (queue, machines, trained) = (new QueueView(world), new MachineView(world), PolicyFile.ReadManifest(request.Policy).Environment);
        if (trained.Name == machines.Spec.Name && trained.Candidates is { } seen && seen.Count != world.Machines.Count)
            throw new UserMistakeException(new Mistake("PIL1621", $"The policy in {request.Policy} chooses among {seen.Count} machines; here are {world.Machines.Count}.", "--policy", $"Train one on these machines with pilotage apply cloud-scheduling, or {SchedulingApplication.QueueLearner}, which serves any number.").ToString());
        IDecisionView view = trained.Name == queue.Spec.Name ? queue : machines;
        var policy = PolicyFile.Load(request.Policy, view.Spec, request.Device);
        return own => new PolicyScheduler(policy, view, own);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
