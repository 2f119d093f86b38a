using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports;
using Pilotage.Lab.Devices;
using Pilotage.Lab.Reports;
using Pilotage.Lab.Runs;
using Pilotage.Lab.Trials;
using Pilotage.Systems;
using Pilotage.Tensors;

namespace Pilotage.Lab;

/// <summary>One system's study in its run folder. Finished trials are kept, so an interrupted run goes on where it stopped.</summary>
public sealed class SystemRun
{
    private readonly ISystem _system;
    private readonly RunConfiguration _configuration;
    private readonly RunFolder _folder;
    private readonly Device _device;

    private SystemRun(ISystem system, RunConfiguration configuration, IStudy study, RunFolder folder, Device device)
    {
        (_system, _configuration, Study, _folder, _device) = (system, configuration, study, folder, device);
    }

    /// <summary>The prepared study.</summary>
    public IStudy Study { get; }

    /// <summary>The run's folder.</summary>
    public RunFolder Folder => _folder;

    /// <summary>Prepares the study, which reads and checks all data, and only then makes the run's folder.</summary>
    /// <param name="system">The system.</param>
    /// <param name="configuration">Scale, seeds, data and settings; checked.</param>
    /// <param name="makeFolder">Makes the folder of the run.</param>
    /// <param name="device">Where tensors are computed, as the configuration says; <see langword="null"/> for <see cref="Device.Managed"/>.</param>
    /// <returns>The run before its first trial.</returns>
    /// <exception cref="UserMistakeException">Data or settings cannot be used, or the folder cannot.</exception>
    public static SystemRun Begin(ISystem system, RunConfiguration configuration, Func<RunConfiguration, RunFolder> makeFolder, Device? device = null)
    {
        var study = StudyOf(system, configuration, device);
        StudyRunner.Check(study, configuration.Header.Scale);
        return new(system, configuration, study, makeFolder(configuration), device ?? Device.Managed);
    }

    /// <summary>Goes on with a run that was interrupted.</summary>
    /// <param name="system">The system that the folder's header names.</param>
    /// <param name="folder">From <see cref="RunFolder.OpenForResume"/>.</param>
    /// <param name="device">Where tensors are computed, as the folder's header says; <see langword="null"/> for <see cref="Device.Managed"/>.</param>
    /// <returns>The run; trials that were kept are not repeated.</returns>
    /// <exception cref="UserMistakeException">The configuration was changed by hand and no longer fits, or the data are gone.</exception>
    public static SystemRun Resume(ISystem system, RunFolder folder, Device? device = null)
    {
        var configuration = folder.Configuration(system.Settings);
        return new(system, configuration, StudyOf(system, configuration, device), folder, device ?? Device.Managed);
    }

    /// <summary>Runs what is left and writes the report.</summary>
    /// <param name="parallelism">How many trials run at once, at least 1. Changes no result.</param>
    /// <param name="progress">Told when a trial begins and ends.</param>
    /// <param name="cancellation">Stops within and between trials; those that ended are kept.</param>
    /// <param name="pool">Computes the trials in the place of this process, as many at once as it has room for; <see langword="null"/> computes them here.</param>
    /// <returns>The report, as it stands in the folder.</returns>
    /// <exception cref="OperationCanceledException">Stopped; the run can be resumed.</exception>
    /// <exception cref="RunFailedException">A trial failed, or the disk is full.</exception>
    /// <exception cref="UserMistakeException">A claim could not pass with so few seeds.</exception>
    public StudyReport Run(int parallelism, IProgress<StudyProgress>? progress, CancellationToken cancellation, ITrialPool? pool = null) =>
        RunLife.Within(_folder.Path, () => RunTrials(parallelism, progress, pool, cancellation));

    private StudyReport RunTrials(int parallelism, IProgress<StudyProgress>? progress, ITrialPool? pool, CancellationToken cancellation)
    {
        var header = _configuration.Header;
        var slots = pool?.Slots ?? parallelism;
        // The version too: another program may compute a trial otherwise.
        var store = new TrialFolder(_folder.TrialsPath, $"{_configuration.Hash}/{header.Version}");
        var run = new StudyRun
        {
            Scale = header.Scale,
            Seeds = SeedTree.Root(header.Seed),
            MaximumParallelism = slots,
            Runner = pool?.Runner(SystemTrials.Name, _configuration.ToYaml()),
            Store = new TrialLedger(_folder.Path, Study.Metrics[0], slots, TimeProvider.System).Plan(Study, store),
            Progress = progress,
        };
        var outcome = StudyRunner.Run(Study, run, cancellation);
        var report = StudyReporter.Report(Study, outcome, new ReportOrigin(_system.Description.Slug) { Backend = DeviceCatalog.BackendOf(_device), Files = [RunFolder.ConfigurationName, "trials/", ReportFolder.PageName, $"{ReportFolder.PlotsName}/"] });
        var seeds = Study.SeedCount == 1 ? "1 seed" : $"{Study.SeedCount} seeds";
        ReportFolder.Write(_folder.Path, report, $"{_system.Description.Slug}, {Words.Of(header.Scale)} scale, {seeds}", RepeatingCommand.Of(_configuration, _system.Settings.Default));
        _folder.WriteReport(ReportJson.Write(report));                   // it is what makes the run finished
        RunProgress.Forget(_folder.Path);
        return report;
    }

    private static IStudy StudyOf(ISystem system, RunConfiguration configuration, Device? device)
    {
        var header = configuration.Header;
        return system.CreateStudy(new(configuration.Settings, header.Scale, header.SeedCount, header.Data) { Device = device ?? Device.Managed });
    }
}
