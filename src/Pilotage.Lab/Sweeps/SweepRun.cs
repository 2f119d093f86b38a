using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports;
using Pilotage.Lab.Reports;
using Pilotage.Lab.Runs;
using Pilotage.Lab.Sweeps.Reports;
using Pilotage.Lab.Sweeps.Targets;
using Pilotage.Lab.Sweeps.Tuners;
using Pilotage.Lab.Trials;
using Pilotage.Settings;

namespace Pilotage.Lab.Sweeps;

/// <summary>One sweep in its folder: search on tuning seeds, write the choice, judge it on test seeds. Finished trials are kept.</summary>
public sealed class SweepRun
{
    private const string BestName = "best.yaml";

    private readonly RunConfiguration _configuration;
    private readonly SweepPlan _plan;
    private readonly SweepSettings _settings;
    private readonly SeedTree _root;

    private SweepRun(RunConfiguration configuration, SweepPlan plan, RunFolder folder)
    {
        (_configuration, _plan, Folder) = (configuration, plan, folder);
        (_settings, _root) = (((SweepRecord)configuration.Settings).Sweep, SeedTree.Root(configuration.Header.Seed));
    }

    /// <summary>The run's folder.</summary>
    public RunFolder Folder { get; }

    /// <summary>What is tuned, in words.</summary>
    public string Title => _plan.Target.Title;

    /// <summary>Whether the tuner sees only half of the instances, since they are the same at every seed.</summary>
    public bool IsSplit => _settings.Instances == InstanceUse.Split;

    /// <summary>What it costs.</summary>
    public SweepCost Cost => _plan.Cost;

    /// <summary>All that was tried and what was chosen; <see langword="null"/> before the choice.</summary>
    internal Choice? Choice { get; private set; }

    /// <summary>Whether more of the metric is better.</summary>
    internal bool HigherIsBetter => _plan.Target.Metric.HigherIsBetter;

    /// <summary>Prepares a sweep, and only then makes its folder.</summary>
    /// <param name="configuration">Its settings are of <see cref="TargetFinder.SchemaOf"/>; checked.</param>
    /// <param name="finder">Finds what is tuned.</param>
    /// <param name="makeFolder">Makes the folder of the run.</param>
    /// <param name="cancellation">Looked at while ranges are tried on a system's rule.</param>
    /// <returns>The sweep before its first trial.</returns>
    /// <exception cref="UserMistakeException">Target, ranges, budget or folder cannot be used.</exception>
    public static SweepRun Begin(RunConfiguration configuration, TargetFinder finder, Func<RunConfiguration, RunFolder> makeFolder, CancellationToken cancellation = default)
    {
        var (plan, seeds) = (PlanOf(configuration, finder), new TuningSeeds(SeedTree.Root(configuration.Header.Seed)));
        var record = (SweepRecord)configuration.Settings;
        StudyRunner.Check(SweepStudy.Shape(plan.Target, record.Sweep.TestSeeds), configuration.Header.Scale);
        // What was found out is written down: whoever goes on with the run, or computes its trials elsewhere, need not.
        configuration = configuration with { Settings = record with { Sweep = record.Sweep with { Instances = plan.Target.Resolve(seeds, cancellation) } } };
        plan = PlanOf(configuration, finder);
        plan.Target.Check([.. plan.Space.Ranges.Select(range => (range.Key, range.Extremes))], seeds, cancellation);
        return new(configuration, plan, makeFolder(configuration));
    }

    /// <summary>Goes on with a sweep that was interrupted.</summary>
    /// <param name="folder">From <see cref="RunFolder.OpenForResume"/>.</param>
    /// <param name="finder">Finds what is tuned.</param>
    /// <returns>The sweep; trials that were kept are not repeated.</returns>
    /// <exception cref="UserMistakeException">The configuration was changed by hand and no longer fits.</exception>
    public static SweepRun Resume(RunFolder folder, TargetFinder finder)
    {
        var configuration = folder.Configuration(finder.SchemaOf(folder.Header));
        return new(configuration, PlanOf(configuration, finder), folder);
    }

    /// <summary>Runs what is left and writes the report.</summary>
    /// <param name="parallelism">How many trials run at once, at least 1. Changes no result.</param>
    /// <param name="progress">Told when a trial begins and ends.</param>
    /// <param name="cancellation">Stops within and between trials; those that ended are kept.</param>
    /// <param name="pool">Computes the trials in the place of this process; <see langword="null"/> computes them here.</param>
    /// <returns>The report, as it stands in the folder.</returns>
    /// <exception cref="OperationCanceledException">Stopped; the run can be resumed.</exception>
    /// <exception cref="RunFailedException">Every candidate failed, a trial of the verdict did, or the disk is full.</exception>
    public StudyReport Run(int parallelism, IProgress<SweepProgress>? progress, CancellationToken cancellation, ITrialPool? pool = null) =>
        RunLife.Within(Folder.Path, () => SearchAndJudge(parallelism, progress, pool, cancellation));

    private StudyReport SearchAndJudge(int parallelism, IProgress<SweepProgress>? progress, ITrialPool? pool, CancellationToken cancellation)
    {
        var start = TimeProvider.System.GetTimestamp();
        var work = new SweepWork(_plan, _configuration, Folder, parallelism, pool, progress, cancellation);
        var (findings, rule) = work.Search();
        var choice = WrittenChoice.Write(Folder.Path, ChoiceOf(findings));
        Choice = choice.Choice;
        work.Admit(choice);

        var study = SweepStudy.Verdict(_plan.Target, choice, _settings.TestSeeds, work.Compute);
        var outcome = work.Judge(study);
        var report = StudyReporter.Report(study, outcome, new ReportOrigin($"sweep {Title}")
        {
            Backend = _configuration.Header.Device == "cpu" ? "managed" : _configuration.Header.Device,
            Files = [RunFolder.ConfigurationName, WrittenChoice.FileName, BestName, "trials/", ReportFolder.PageName, $"{ReportFolder.PlotsName}/"],
        });
        report = report with { Plots = SweepPlots.Of(_plan, findings, rule), ElapsedSeconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds };
        WriteBest(choice.Choice);
        var words = Words.Of(_settings.Method);
        ReportFolder.Write(Folder.Path, report, FormattableString.Invariant($"Sweep of {Title}, {words}, {Cost.Trainings:0.#} trainings on {Cost.TuningSeeds} tuning seeds; verdict on {Cost.TestSeeds} others"), SweepCommandText.Of(_configuration));
        Folder.WriteReport(ReportJson.Write(report));                    // it is what makes the run finished
        RunProgress.Forget(Folder.Path);
        return report;
    }

    private static SweepPlan PlanOf(RunConfiguration configuration, TargetFinder finder)
    {
        var record = (SweepRecord)configuration.Settings;
        return SweepPlan.Of(finder.Of(configuration.Header, record), record.Sweep, new(SeedTree.Root(configuration.Header.Seed)));
    }

    // On the largest budget that anybody reached: scores on a part of it are of other trainings.
    private Choice ChoiceOf(IReadOnlyList<Finding> findings)
    {
        var last = findings.Where(finding => !finding.IsFailed).Select(finding => finding.Proposal.Rung).DefaultIfEmpty(-1).Max();
        if (last < 0) throw new RunFailedException($"Every candidate failed, the default too. The first: {findings[0].Failure}");
        var best = Finding.Ranked(findings.Where(finding => finding.Proposal.Rung == last)).First();
        return new(
            Choice.CurrentSchema, best.Proposal.Candidate.Name, _plan.ValuesOf(best.Proposal.Candidate), best.Seeds.Average(), _plan.Target.Metric.Name,
            [.. findings.Select(finding => new TriedCandidate(finding.Proposal.Arm, finding.Proposal.Share, _plan.ValuesOf(finding.Proposal.Candidate), finding.Seeds, finding.Failure))]);
    }

    private void WriteBest(Choice choice)
    {
        var target = _plan.Target;
        var changes = choice.IsDefault ? new Dictionary<string, string>() : choice.Values;
        var settings = SettingsBinder.Bind(target.Schema, target.Start, SettingSource.FromCode(changes, WrittenChoice.FileName));
        var text = $"# What this sweep chose for {Title}. Use it with --config.\n{SettingsText.ToYaml(target.Schema, settings)}";
        Folder.WriteText(BestName, text);
    }
}
