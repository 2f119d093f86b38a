using System.Globalization;
using Pilotage.Algorithms;
using Pilotage.Evaluation;
using Pilotage.Policies;
using Pilotage.Tensors;

namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Answers a user's own problem: which algorithm suits these machines and jobs, by how much, and how sure that is.</summary>
internal static class SchedulingApplication
{
    public const string Learner = "ppo", QueueLearner = "ppo-queue";
    private static readonly string[] Columns = ["algorithm", "mean JCT [s]", "95 % JCT", "kWh", "cost", "late", "score against the one in use (95 %)", "verdict"];

    /// <summary>Solves the problem and writes the files.</summary>
    /// <exception cref="UserMistakeException">Input or settings cannot be used.</exception>
    public static ApplyReport Run(ApplyRequest request, IProgress<(double Share, string Text)>? progress, CancellationToken cancellation)
    {
        var config = (CloudSchedulingConfig)request.Settings;
        var settings = config.Apply;
        Check(settings);
        progress?.Report((0, "reading machines and jobs"));
        var cluster = UserCluster.Read(request.Inputs);
        var world = new UserWorld(cluster.Problem, settings.Rules);
        var seeds = SeedTree.Root(request.Seed);
        var learners = settings.Algorithms.Where(name => ViewOf(name, world) is not null).ToList();
        var trained = request.Parts.Compute(
            [.. learners.Select(name => new ApplyPart(name, stop => Learn(ViewOf(name, world)!, world, cluster.Problem, config, seeds, request.Device, stop)))],
            count => progress?.Report((0.05 + 0.6 * count / learners.Count, FormattableString.Invariant($"{count} of {learners.Count} learned"))), cancellation);
        var policies = learners.Zip(trained).ToDictionary(pair => pair.First, pair => PolicyParcel.Unpack(pair.Second, ViewOf(pair.First, world)!.Spec, request.Device));
        var competitors = new List<Competitor>();
        foreach (var name in settings.Algorithms)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report((0.65 + 0.3 * competitors.Count / settings.Algorithms.Count, $"running {name}"));
            competitors.Add(Compete(name, policies.GetValueOrDefault(name), world, cluster.Problem, settings, seeds));
        }
        var inUse = competitors[0];
        var best = competitors.MinBy(competitor => competitor.Validation)!;
        var results = new StudyResults();
        foreach (var competitor in competitors)
            results.Add(competitor.Name, 0, [.. competitor.Tests.Select((figures, i) => new Measurement("score", FormattableString.Invariant($"sequence-{i + 1}"), Score(figures, settings)))]);
        var rows = competitors.OrderByDescending(c => c == best).ThenBy(c => c.Validation).Select(c => Row(c, inUse, results, competitors.Count - 1)).ToList();
        var files = new SchedulingFiles(request.OutputFolder, cluster);
        var written = new List<string> { files.Schedule(best), files.Figures(competitors) };
        if (competitors.Where(c => c.Policy is not null).MinBy(c => c.Validation) is { } learned) written.AddRange(files.Policy(learned));
        return new(Headline(best, inUse, rows[0]), Columns, rows, Notes(cluster, settings), written) { Plots = new ApplyPlots(cluster.Problem).All(best, inUse, competitors) };
    }

    /// <summary>How a learner sees a cluster.</summary>
    /// <param name="name">Of an algorithm.</param>
    /// <param name="world">The cluster.</param>
    /// <returns><see langword="null"/> for a rule.</returns>
    public static IDecisionView? ViewOf(string name, IClusterWorld world) => name switch { Learner => new MachineView(world), QueueLearner => new QueueView(world), _ => null };

    /// <summary>What is weighed: small is good.</summary>
    public static double Score(ScheduleFigures figures, SchedulingApplySettings settings) =>
        settings.CompletionWeight * figures.MeanCompletion + settings.EnergyWeight * figures.EnergyKwh + settings.CostWeight * figures.Cost + settings.MissWeight * figures.MissRate;

    private static void Check(SchedulingApplySettings settings)
    {
        var known = SchedulerCatalog.Names.Append(Learner).Append(QueueLearner).ToList();
        var problems = settings.Algorithms.Where(name => !known.Contains(name)).Select(name =>
            new Mistake("PIL1614", $"There is no algorithm '{name}'.", "apply.algorithms", $"Known are {string.Join(", ", known)}.").ToString()).ToList();
        if (settings.Algorithms.Count < 2 || settings.Algorithms.Distinct().Count() != settings.Algorithms.Count)
            problems.Add(new Mistake("PIL1614", $"{settings.Algorithms.Count} algorithm(s), {settings.Algorithms.Distinct().Count()} of them different.", "apply.algorithms", "Give at least two, each once; the first is the one in use today.").ToString());
        if (settings.CompletionWeight + settings.EnergyWeight + settings.CostWeight + settings.MissWeight == 0)
            problems.Add(new Mistake("PIL1614", "All weights are 0: nothing counts.", "apply", "Give at least one weight above 0.").ToString());
        problems.AddRange(settings.Rules.Problems());
        UserMistakeException.ThrowIfAny(problems);
    }

    private static Competitor Compete(string name, IPolicy? policy, UserWorld world, ClusterProblem problem, SchedulingApplySettings settings, SeedTree seeds)
    {
        var view = ViewOf(name, world);
        IScheduler Make(SeedTree own) => policy is null ? SchedulerCatalog.Make(name, own) : new PolicyScheduler(policy, view!, own);
        return Competitor.OnJobs(name, Make, problem, settings.Rules, seeds) with
        {
            Policy = policy,
            View = view,
            Validation = SequenceTests.Run(world, settings.Sequences, seeds.Validation, Make).Average(figures => Score(figures, settings)),
            Tests = [.. SequenceTests.Run(world, settings.Sequences, seeds.Evaluation, Make)],
        };
    }

    private static byte[] Learn(IDecisionView view, UserWorld world, ClusterProblem problem, CloudSchedulingConfig config, SeedTree seeds, Device device, CancellationToken cancellation)
    {
        var (settings, jobs) = (config.Apply, problem.Jobs.Count);
        var ppo = (view is QueueView ? config.QueuePpo : config.Ppo) with { Steps = settings.Steps };
        UserMistakeException.ThrowIfAny([.. ppo.Problems()]);
        // A task's end tells at once what a placement did where jobs are single tasks; else only time does.
        var isSingle = problem.StageCount == jobs && problem.Tasks.All(tasks => tasks == 1);
        var unit = 1 / (world.TimeScale * 2 * world.Machines.Count);
        var (completion, joule) = (Math.Max(settings.CompletionWeight, 1e-6), settings.EnergyWeight / 3.6e6 * jobs);
        var reward = new ClusterReward(unit, Joule: joule / completion * unit, Foresees: isSingle);
        var learner = new Ppo(ppo with { Discount = isSingle ? ppo.Discount : 1 }, ClusterEnvironment.Rows(ppo.EnvironmentCount, world, view, reward, seeds), seeds, device);
        while (learner.Steps < settings.Steps)
        {
            cancellation.ThrowIfCancellationRequested();
            learner.Iterate();
        }
        return PolicyParcel.Pack(learner.Policy, view.Spec);
    }

    private static IReadOnlyList<string> Row(Competitor competitor, Competitor inUse, StudyResults results, int comparisons)
    {
        var (difference, verdict) = ("", "in use");
        if (competitor != inUse)
        {
            var effect = PairedEffect.Of(results, competitor.Name, inUse.Name, "score", new EffectRule { Unit = Replication.Instance, Comparisons = comparisons });
            difference = $"{Signed(effect.Estimate)} [{Signed(effect.Low)}, {Signed(effect.High)}]";
            verdict = effect.High < 0 ? "better" : effect.Low > 0 ? "worse" : "not decided";
        }
        var own = competitor.Actual;
        return [competitor.Name, Text($"{own.MeanCompletion:0.0}"), Text($"{own.TailCompletion:0.0}"), Text($"{own.EnergyKwh:0.###}"), Text($"{own.Cost:0.##}"), Text($"{own.MissRate:0.0 %}"), difference, verdict];
    }

    /// <summary>Whether machines are switched off, in words.</summary>
    public static string PowerNote(ClusterRules rules) => rules.PowersDown ? "Machines are switched off when idle." : "Machines are always on; apply.rules.idleSeconds switches them off.";

    private static string Headline(Competitor best, Competitor inUse, IReadOnlyList<string> row) =>
        best == inUse ? $"Keep {inUse.Name}: nothing had a lower score on the validation sequences."
        : row[^1] == "better" ? $"{best.Name} suits this cluster better than {inUse.Name}: score {row[^2]} on sequences that nothing was chosen on."
        : $"Not shown to be better: {best.Name} won on the validation sequences, but its score against {inUse.Name}, {row[^2]}, is {row[^1]}. More jobs would decide.";

    private static IReadOnlyList<string> Notes(UserCluster cluster, SchedulingApplySettings settings) =>
    [
        .. cluster.Notes,
        "Figures are of your jobs as they are, all of them counted until the last has left. Score, interval and verdict are of sequences drawn from them, on which nothing was chosen; intervals hold together for all algorithms (Bonferroni).",
        Text($"Score: {settings.CompletionWeight} x mean completion + {settings.EnergyWeight} x kWh + {settings.CostWeight} x cost + {settings.MissWeight} x share of late jobs."),
        PowerNote(settings.Rules),
    ];

    // Rounded first: what rounds to nothing has no sign.
    internal static string Signed(double value) => Math.Round(value, 2) is var rounded && rounded == 0 ? "0.00" : Text($"{rounded:+0.00;-0.00}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
