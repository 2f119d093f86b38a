using System.Globalization;
using Pilotage.Algorithms;
using Pilotage.Evaluation;
using Pilotage.Policies;

namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>Answers a user's own job: which rule or policy to rent machines by, what it saves, and how sure that is.</summary>
internal sealed class JobApplication(UserJob job, CloudAutoscalingConfig config, ApplyRequest request, IProgress<(double Share, string Text)>? progress, CancellationToken cancellation)
{
    private const string RuleInUse = "on demand";
    private static readonly string[] Columns = ["policy", "cost", "against the rule in use (95 %)", "missed", "makespan", "verdict"];
    private readonly JobWorld _world = job.World;

    /// <summary>Solves the problem and writes the files.</summary>
    /// <exception cref="UserMistakeException">Input or settings cannot be used.</exception>
    public static ApplyReport Run(ApplyRequest request, IProgress<(double Share, string Text)>? progress, CancellationToken cancellation)
    {
        var config = (CloudAutoscalingConfig)request.Settings;
        progress?.Report((0, "reading the job"));
        return new JobApplication(UserJob.Read(request.Inputs, config, SeedTree.Root(request.Seed).Branch("job")), config, request, progress, cancellation).Run();
    }

    private ApplyReport Run()
    {
        var candidates = Candidates();
        var recommended = candidates.OrderByDescending(candidate => candidate.Validation).ThenByDescending(candidate => candidate.Learned is null).First();
        Tell(0.95, "judging on later prices");
        var (results, tested, plan) = (new StudyResults(), new List<(JobCandidate Candidate, JobFigures[] Jobs)>(), new JobPlanFile());
        foreach (var candidate in candidates)
        {
            var figures = JobRuns.Figures(candidate.Make, _world.Future, _world.Test, SeedTree.Root(request.Seed).Evaluation, watch: candidate == recommended ? plan.Watch : null);
            tested.Add((candidate, figures));
            results.Add(candidate.Name, 0, [.. JobMetrics.Of(figures)]);
        }
        var rows = tested.OrderByDescending(t => t.Candidate == recommended).ThenByDescending(t => t.Candidate.Validation).Select(t => Row(t.Candidate, t.Jobs, results)).ToList();
        var files = new List<string> { JobPolicyFile.Write(request.OutputFolder, recommended, _world.Future), plan.Write(request.OutputFolder) };
        if (recommended.Learned is { } learned)
        {
            var fleet = new JobFleet(_world.Past, _world.Training, 1, CaseOrder.Drawn, default);
            PolicyFile.Save(learned, fleet.Spec, Path.Combine(request.OutputFolder, JobPolicyFile.FolderName));
            files.Add(Path.Combine(JobPolicyFile.FolderName, PolicyFile.DescriptionName));
            files.Add(Path.Combine(JobPolicyFile.FolderName, PolicyFile.WeightsName));
        }
        return new(Headline(recommended, rows[0], tested), Columns, rows,
        [
            .. job.Notes,
            "Policies were chosen by their return on training-time prices; the figures are of starts at later prices. Differences are in cost, negative is cheaper; intervals over starts, 95 %, paired.",
            .. Warning(tested.First(t => t.Candidate == recommended).Jobs, tested[0].Jobs),
            FormattableString.Invariant($"No policy can pay less than {_world.Test.Average(start => JobBound.Cost(start, _world.Future)):0.0000} on these starts, nor finish before {JobBound.Makespan(_world.Test[0], _world.Future):0} s."),
        ], files);
    }

    private List<JobCandidate> Candidates()
    {
        var candidates = new List<JobCandidate> { Rule(RuleInUse, new OnDemandRule(Margin: 0.1)) };
        foreach (var (name, grid) in new (string, Func<IReadOnlyList<IJobRule>>)[]
        {
            ("on demand tuned", JobRuleTuning.OnDemand), ("HEFT tuned", JobRuleTuning.Heft), ("spot tuned", JobRuleTuning.Spot), ("slack tuned", JobRuleTuning.Slack),
            ("cheapest first tuned", JobRuleTuning.CheapestFirst),
        })
        {
            Tell(0.06 * candidates.Count, $"tuning {name}");
            candidates.Add(Rule(name, JobRuleTuning.Best(grid(), _world.Past, _world.Training)));
        }
        if (config.ApplyPpo) candidates.Add(Enumerable.Range(0, config.ApplySeeds).Select(Learn).MaxBy(candidate => candidate.Validation)!);
        return candidates;
    }

    private JobCandidate Rule(string name, IJobRule rule) => new(name, fleet => new JobRulePolicy(rule, fleet), rule.Parameters, Validate(fleet => new JobRulePolicy(rule, fleet)));

    private JobCandidate Learn(int seed)
    {
        Tell(0.4 + 0.5 * seed / config.ApplySeeds, FormattableString.Invariant($"training PPO, seed {seed + 1} of {config.ApplySeeds}"));
        var seeds = SeedTree.Root(request.Seed).Branch("ppo").Branch(seed);
        var learner = new Ppo(config.JobPpo, new JobFleet(_world.Past, _world.Training, config.JobPpo.EnvironmentCount, CaseOrder.Drawn, seeds.Environments), seeds, request.Device);
        while (learner.Steps < config.JobPpo.Steps)
        {
            cancellation.ThrowIfCancellationRequested();
            learner.Iterate();
        }
        return new("PPO", _ => learner.Policy, [new("steps", learner.Steps), new("seed", seed)], Validate(_ => learner.Policy)) { Learned = learner.Policy };
    }

    private double Validate(Func<JobFleet, IPolicy> make) => JobRuns.MeanReturn(make, _world.Past, _world.Validation, SeedTree.Root(request.Seed).Validation);

    private IReadOnlyList<string> Row(JobCandidate candidate, JobFigures[] jobs, StudyResults results)
    {
        var (difference, verdict) = ("", "rule in use");
        if (candidate.Name != RuleInUse)
        {
            var unit = _world.Future.ReferenceCost(job.Graph.TotalWork);
            var cost = PairedEffect.Of(results, candidate.Name, RuleInUse, JobMetrics.Cost, new EffectRule { Unit = Replication.Instance });
            var gain = PairedEffect.Of(results, candidate.Name, RuleInUse, JobMetrics.Return, new EffectRule { Unit = Replication.Instance });
            difference = FormattableString.Invariant($"{cost.Estimate * unit:+0.0000;-0.0000} [{cost.Low * unit:+0.0000;-0.0000}, {cost.High * unit:+0.0000;-0.0000}]");
            verdict = gain.Low > 0 ? "better" : gain.High < 0 ? "worse" : "not decided";
        }
        string Mean(Func<JobFigures, double> figure, string format) => jobs.Average(figure).ToString(format, CultureInfo.InvariantCulture);
        return
        [
            candidate.Name, Mean(f => f.Cost, "0.0000"), difference, Mean(f => f.HasMissed ? 1 : 0, "0.0 %"), Mean(f => f.MakespanShare * _world.Test[0].DeadlineSeconds / 60, "0.0 min"), verdict,
        ];
    }

    private static string Headline(JobCandidate recommended, IReadOnlyList<string> row, List<(JobCandidate Candidate, JobFigures[] Jobs)> tested)
    {
        var inUse = tested.First(t => t.Candidate.Name == RuleInUse).Jobs;
        var parameters = string.Join(", ", recommended.Parameters.Select(p => FormattableString.Invariant($"{p.Key} {p.Value:0.###}")));
        return recommended.Name == RuleInUse ? $"Keep renting {RuleInUse}: nothing that was tuned or trained beat it."
            : row[^1] == "better" ? FormattableString.Invariant($"Rent by {recommended.Name} ({parameters}): {row[1]} a job instead of {inUse.Average(f => f.Cost):0.0000}, deadlines missed {row[3]} (rule in use {inUse.Average(f => f.HasMissed ? 1 : 0):0.0 %}), at prices that nothing had seen.")
            : $"Keep renting {RuleInUse} until more is known: {recommended.Name} ({parameters}) won at the prices it was chosen on, but at later ones it is {row[^1]}. A longer price history would decide.";
    }

    // A cheaper policy that is late more often must be seen before it is trusted.
    private IEnumerable<string> Warning(JobFigures[] recommended, JobFigures[] inUse)
    {
        var (missed, before) = (recommended.Average(f => f.HasMissed ? 1.0 : 0), inUse.Average(f => f.HasMissed ? 1.0 : 0));
        return missed <= before ? [] :
        [
            FormattableString.Invariant($"Look twice: the recommended policy misses the deadline at {missed:P1} of the starts, the rule in use at {before:P1}. At jobs.missWeight = {config.Jobs.MissWeight} that is outweighed by what it saves. If that is not so for you, raise the weight and run again."),
        ];
    }

    private void Tell(double share, string text)
    {
        cancellation.ThrowIfCancellationRequested();
        progress?.Report((share, text));
    }
}
