using System.Globalization;
using Pilotage.Environments;
using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports;
using Pilotage.Lab.Reports;
using Pilotage.Lab.Runs;
using Pilotage.Policies;
using Pilotage.Training;

namespace Pilotage.Lab.Improvement;

/// <summary>One run of <see cref="Improve"/> in its folder: choose settings on validation seeds, train and judge on others, keep the best policy.</summary>
/// <remarks>Finished trials are kept; a run that was stopped goes on behind them, and ends with the bits of one that was not.</remarks>
internal sealed class ImproveRun
{
    private readonly Func<int, SeedTree, IVectorEnvironment> _make;
    private readonly IPolicy _rule;
    private readonly ImproveOptions _options;
    private readonly RunFolder _folder;
    private readonly string _identity;
    private readonly IReadOnlyList<IReadOnlyList<Candidate>> _candidates;
    private readonly SeedTree _seeds;
    private readonly WorkMeter _meter;
    private readonly Dictionary<string, double> _secondsPerStep;         // by algorithm
    private readonly CancellationToken _cancellation;

    public ImproveRun(
        Func<int, SeedTree, IVectorEnvironment> make, IPolicy rule, ImproveOptions options, RunFolder folder, string identity,
        IReadOnlyList<IReadOnlyList<Candidate>> candidates, Dictionary<string, double> secondsPerStep, IProgress<ImproveProgress>? progress, CancellationToken cancellation)
    {
        (_make, _rule, _options, _folder, _identity, _candidates) = (make, rule, options, folder, identity, candidates);
        (_seeds, _secondsPerStep, _cancellation) = (SeedTree.Root(options.Seed), secondsPerStep, cancellation);
        _meter = new(progress);
    }

    /// <summary>Runs what is left of it and writes the report.</summary>
    public ImproveReport Run() => RunLife.Within(_folder.Path, ChooseTrainAndJudge);

    private ImproveReport ChooseTrainAndJudge()
    {
        var start = TimeProvider.System.GetTimestamp();
        _meter.Total = ImproveBudget.Seconds(_candidates, _options, _secondsPerStep);
        var chosen = Choose();
        _meter.Words = "training for the verdict";
        var study = new ImproveStudy(_make, _rule, [.. chosen.Select(candidate => (candidate.Algorithm.Name, candidate))], _options.Seeds, _options.Episodes, isJudged: true, Tell);
        var outcome = Run(study, _seeds.Branch("study"), "study", _folder.TrialsPath);

        var best = chosen.MaxBy(candidate => MeanReturn(outcome.Results, study, candidate.Algorithm.Name))!;
        var seed = outcome.Results.SeedsOf(best.Algorithm.Name).MaxBy(seed => outcome.Results.Values(best.Algorithm.Name, seed, ImproveStudy.ValidationReturn)[""]);
        _meter.Words = "keeping the best policy";
        // A trial's policy is not stored: the same node gives it again, bit for bit.
        var (learner, policy) = study.Train(best, _seeds.Branch("study").Branch(seed), _cancellation);
        var title = string.Create(CultureInfo.InvariantCulture, $"{best.Algorithm.Name}, training seed {seed}");
        var kept = new KeptStudy(_make, _rule, policy, title, _options.FinalEpisodes);
        var keptReport = StudyReporter.Report(kept, Run(kept, _seeds.Branch("kept"), null, null), new ReportOrigin("improve"));

        var hash = ParameterHash.Of(learner.Weights);
        var source = new PolicySource(best.Algorithm.Name, Path.GetFileName(Path.GetFullPath(_folder.Path)), _options.Seed, learner.Steps, hash);
        PolicyFile.Save(policy, study.Spec, Path.Combine(_folder.Path, PolicyFile.FolderInRun), source);

        var report = StudyReporter.Report(study, outcome, new ReportOrigin($"improve {study.Spec.Name}") { Files = ["config.yaml", "policy/", "report.json", ReportFolder.PageName, $"{ReportFolder.PlotsName}/"] });
        report = report with
        {
            ElapsedSeconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds,
            Claims = [.. report.Claims, .. keptReport.Claims],
            ParameterHash = hash,
            Evaluation = EvaluationOf(keptReport),
        };
        ReportFolder.Write(_folder.Path, report, $"improve {study.Spec.Name}, {study.SeedCount} training seeds", "Run the program again: the same seed gives the same bits.");
        var kicker = string.Create(CultureInfo.InvariantCulture, $"{study.Spec.Name}: your rule beside {string.Join(" and ", chosen.Select(candidate => candidate.Name))}, {_options.Seeds} training seeds");
        ReportFolder.Write(_folder.Path, report, kicker, ImproveFolder.Command(_options));
        _folder.WriteReport(ReportJson.Write(report));                   // last: it is what makes the run finished
        return new(AnswerOf(outcome.Claims), report, best.Algorithm.Name, [.. chosen.Select(candidate => candidate.Name)], policy, _folder.Path);
    }

    private List<Candidate> Choose()
    {
        var open = _candidates.Where(list => list.Count > 1).SelectMany(list => list).ToList();
        if (_options.ValidationSeeds == 0 || open.Count == 0) return [.. _candidates.Select(list => list[0])];
        _meter.Words = "choosing settings on validation seeds";
        var study = new ImproveStudy(_make, _rule, [.. open.Select(candidate => (candidate.Name, candidate))], _options.ValidationSeeds, _options.Episodes, isJudged: false, Tell);
        var outcome = Run(study, _seeds.Validation, "choice", Path.Combine(_folder.TrialsPath, "choice"));
        return [.. _candidates.Select(list => list.Count == 1 ? list[0] : list.MaxBy(candidate => MeanReturn(outcome.Results, study, candidate.Name))!)];
    }

    private StudyOutcome Run(IStudy study, SeedTree seeds, string? name, string? trials) => StudyRunner.Run(study, new StudyRun
    {
        Seeds = seeds,
        MaximumParallelism = _options.Threads ?? Environment.ProcessorCount,
        Store = trials is null ? null : new TrialFolder(trials, $"{name}/{_identity}"),
    }, _cancellation);

    private void Tell(Candidate candidate, long steps) => _meter.Add(steps * _secondsPerStep[candidate.Algorithm.Name]);

    private static double MeanReturn(StudyResults results, ImproveStudy study, string arm) =>
        Enumerable.Range(0, study.SeedCount).Average(seed => results.Values(arm, seed, ImproveStudy.Return).Values.Average());

    private static EvaluationReport EvaluationOf(StudyReport kept)
    {
        var figures = kept.Arms.First(arm => arm.Name == KeptStudy.PolicyArm).Metrics[ImproveStudy.Return];
        return new(figures.N, figures.Mean, figures.Low, figures.High);
    }

    private static Answer AnswerOf(IReadOnlyList<JudgedClaim> claims) =>
        claims.Any(claim => claim.Verdict == Verdict.Reproduced) ? Answer.Better
        : claims.All(claim => claim.Verdict == Verdict.NotReproduced && claim.Effect.High < 0) ? Answer.Worse    // nothing but zeros is no difference
        : claims.All(claim => claim.Verdict == Verdict.NotEvaluated) ? Answer.NotEvaluated
        : Answer.NoDifference;
}
