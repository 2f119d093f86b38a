using System.Globalization;
using Pilotage.Algorithms;
using Pilotage.Environments;
using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports;
using Pilotage.Experience;
using Pilotage.Lab.Checkpoints;
using Pilotage.Lab.Devices;
using Pilotage.Lab.Reports;
using Pilotage.Lab.Rollouts;
using Pilotage.Lab.Runs;
using Pilotage.Lab.TensorBoard;
using Pilotage.Policies;
using Pilotage.Settings;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Lab;

/// <summary>One training in its run folder: iterate, note metrics, keep checkpoints, evaluate at the end. The algorithm itself stands in its own file.</summary>
/// <remarks>
/// A checkpoint changes nothing of what is learned, so when it is taken is free; it is taken by steps and never by the clock, so that the files of two equal runs
/// are equal. A run that was killed goes on from its last checkpoint, or from its beginning, and ends with the same bits. Not thread-safe.
/// </remarks>
public sealed class TrainingRun
{
    /// <summary>The word for the environment's own heuristic as <see cref="RunHeader.WarmStart"/>.</summary>
    public const string HeuristicSource = "heuristic";

    private const int WarmStartRows = 8;                 // beginnings of episodes among the recorded steps
    private const int MostMetricLines = 1_000;

    private readonly RunFolder _folder;
    private readonly RunConfiguration _configuration;
    private readonly AlgorithmEntry _algorithm;
    private readonly EnvironmentEntry _environment;
    private readonly SeedTree _seeds;
    private readonly Device _device;
    private readonly ILearner _learner;
    private readonly CheckpointFolder _checkpoints;
    private readonly IRolloutPool? _pool;
    private long _iteration;

    private TrainingRun(RunFolder folder, RunConfiguration configuration, Device? device, IReadOnlyList<EnvironmentEntry>? environments, IRolloutPool? pool)
    {
        _device = device ?? Device.Managed;
        _folder = folder;
        _configuration = configuration;
        (_algorithm, _environment) = Find(configuration.Header, environments);
        _seeds = SeedTree.Root(configuration.Header.Seed);
        _learner = _algorithm.Create(configuration.Settings, _environment.Create, _seeds, _device);
        if (pool is not null && RolloutSharing.Refusal(_algorithm, _learner, _device) is { } refusal) throw new UserMistakeException(refusal.ToString());
        _pool = pool;
        _checkpoints = new(folder.CheckpointsPath);
        Steps = StepsOf(configuration.Schema, configuration.Settings);
    }

    /// <summary>Environment steps in all.</summary>
    public long Steps { get; }

    /// <summary>Environment steps already taken: more than 0 after resuming from a checkpoint.</summary>
    public long StepsDone => _learner.Steps;

    /// <summary>The policy as it is now, for whoever evaluates an unfinished run.</summary>
    public IPolicy Policy => _learner.Policy;

    /// <summary>What learning takes, told before the run begins.</summary>
    public MemoryEstimate Memory => _learner.Memory;

    /// <summary>The run's folder.</summary>
    public RunFolder Folder => _folder;

    /// <summary>What was counted of the rollouts that workers played; <see langword="null"/> without workers.</summary>
    public RolloutFigures? Rollouts { get; private set; }

    /// <summary>What to tell of resuming: checkpoints that could not be used, or that there was none.</summary>
    public IReadOnlyList<string> Messages { get; private set; } = [];

    /// <summary>Begins a run.</summary>
    /// <param name="configuration">Algorithm, environment, seed and settings; checked.</param>
    /// <param name="folder">Made for this configuration.</param>
    /// <param name="device">Where tensors are computed, as the configuration says; <see langword="null"/> for <see cref="Device.Managed"/>.</param>
    /// <param name="environments">Where the environment is looked for; <see langword="null"/> for <see cref="EnvironmentCatalog.All"/>.</param>
    /// <param name="pool">Who plays the learner's rollouts; <see langword="null"/> for the learner itself. Changes no result, and a run may go on with another.</param>
    /// <returns>The run at its first step.</returns>
    /// <exception cref="UserMistakeException">The algorithm cannot learn the environment, or workers cannot play its rollouts.</exception>
    public static TrainingRun Begin(RunConfiguration configuration, RunFolder folder, Device? device = null, IReadOnlyList<EnvironmentEntry>? environments = null, IRolloutPool? pool = null)
    {
        var run = new TrainingRun(folder, configuration, device, environments, pool);
        run.WarmStart();
        return run;
    }

    /// <summary>Goes on with a run that was interrupted.</summary>
    /// <param name="folder">From <see cref="RunFolder.OpenForResume"/>.</param>
    /// <param name="device">Where tensors are computed, as the folder's header says; <see langword="null"/> for <see cref="Device.Managed"/>.</param>
    /// <param name="environments">Where the environment is looked for; <see langword="null"/> for <see cref="EnvironmentCatalog.All"/>.</param>
    /// <param name="pool">Who plays the learner's rollouts; <see langword="null"/> for the learner itself. Changes no result, and a run may go on with another.</param>
    /// <returns>The run at its last good checkpoint, or at its first step if it was stopped before the first one.</returns>
    /// <exception cref="UserMistakeException">No checkpoint can be used, or the configuration was changed.</exception>
    public static TrainingRun Resume(RunFolder folder, Device? device = null, IReadOnlyList<EnvironmentEntry>? environments = null, IRolloutPool? pool = null)
    {
        var configuration = folder.Configuration(Find(folder.Header, environments).Algorithm.Settings);
        var run = new TrainingRun(folder, configuration, device, environments, pool);
        if (run._checkpoints.Files.Count == 0)
        {
            run.Messages = ["The run was stopped before its first checkpoint; it begins again from step 0."];
            run.WarmStart();
            return run;
        }

        var loaded = run._checkpoints.LoadNewest(run._algorithm.Name, configuration.Hash);
        try
        {
            loaded.Checkpoint.RestoreInto(run._learner);
        }
        catch (InvalidDataException failure)
        {
            throw new UserMistakeException(new Mistake(
                "PIL0306", $"{loaded.Path} does not fit the run: {failure.Message}", "", "It was written by another version of this program: start the run anew.").ToString());
        }
        run._iteration = loaded.Checkpoint.Iteration;
        run.Messages = loaded.Messages;
        return run;
    }

    /// <summary>Trains to the end, evaluates and writes the report.</summary>
    /// <param name="progress">Told after iterations, some hundred times in all.</param>
    /// <param name="cancellation">Looked at between two iterations; a checkpoint is written before the run stops.</param>
    /// <returns>The report, as it stands in the folder.</returns>
    /// <exception cref="OperationCanceledException">Stopped; the run can be resumed.</exception>
    /// <exception cref="RunFailedException">A number is not finite or the disk is full; the last good checkpoint is kept.</exception>
    public StudyReport Run(IProgress<TrainingProgress>? progress, CancellationToken cancellation) =>
        RunLife.Within(_folder.Path, () => TrainAndEvaluate(progress, cancellation));

    private StudyReport TrainAndEvaluate(IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        var start = TimeProvider.System.GetTimestamp();
        TrainWithPool(progress, start, cancellation);

        var trained = Evaluate(_learner.Policy, cancellation);
        var heuristic = Evaluate(_environment.CreateHeuristic(), cancellation);
        var hash = ParameterHash.Of(_learner.Weights);
        var hasPolicy = SavePolicy();
        var metrics = MetricSeries.Read(_folder.MetricsPath);
        var origin = new ReportOrigin(_configuration.Header.Name) { Backend = DeviceCatalog.BackendOf(_device), Files = Files(hasPolicy) };
        var report = TrainingReport.Of(_configuration.Header, _environment.Spec, trained, heuristic, _learner, hash, origin, TimeProvider.System.GetElapsedTime(start).TotalSeconds);
        if (TrainingFigures.Curve(metrics, _algorithm.Name, _environment.Spec.RewardUnit, heuristic.Mean) is { } curve) report = report with { Plots = [curve] };
        ReportFolder.Write(
            _folder.Path, report, string.Create(CultureInfo.InvariantCulture, $"{_algorithm.Name} on {_environment.Name}, {Steps:N0} steps, seed {_configuration.Header.Seed}"),
            RepeatingCommand.Of(_configuration, _algorithm.DefaultsFor(_environment.Name)), [.. TrainingFigures.Others(metrics)]);
        _folder.WriteReport(ReportJson.Write(report));                   // last: it is what makes the run finished
        return report;
    }

    private void TrainWithPool(IProgress<TrainingProgress>? progress, long start, CancellationToken cancellation)
    {
        if (_pool is null)
        {
            Train(progress, start, cancellation);
            return;
        }
        using var rollouts = new PooledRollouts(_pool, $"{_folder.Name}-{_configuration.Hash[..16]}", _configuration.ToYaml(), cancellation);
        var source = ((IRolloutLearner)_learner).Source;
        source.Workers = rollouts;
        try
        {
            Train(progress, start, cancellation);
        }
        finally
        {
            source.Workers = null;
            Rollouts = rollouts.Figures;
        }
    }

    /// <summary>Keeps the policy apart from the learner, where its kind can be kept.</summary>
    private bool SavePolicy()
    {
        var (header, hash) = (_configuration.Header, ParameterHash.Of(_learner.Weights));
        try
        {
            PolicyFile.Save(_learner.Policy, _environment.Spec, _folder.PolicyPath, new(_algorithm.Name, _folder.Name, header.Seed, _learner.Steps, hash));
            return true;
        }
        catch (UserMistakeException)
        {
            return false;                                                // the checkpoint has it all the same
        }
    }

    private IReadOnlyList<string> Files(bool hasPolicy) =>
    [
        RunFolder.ConfigurationName, "metrics.jsonl", .. _checkpoints.Files.Take(1).Select(file => $"checkpoints/{Path.GetFileName(file)}"),
        .. hasPolicy ? [$"{PolicyFile.FolderInRun}/"] : Array.Empty<string>(), ReportFolder.PageName, $"{ReportFolder.PlotsName}/",
        .. Directory.EnumerateFiles(_folder.Path, $"{EventFile.Prefix}*").Select(file => Path.GetFileName(file)!),
    ];

    // Deterministic in the seed, so a run that was stopped before its first checkpoint repeats it; later it is part of the checkpoint.
    private void WarmStart()
    {
        if (_configuration.Header.WarmStart is not { } source) return;
        if (_learner is not IWarmStart learner)
            throw new UserMistakeException(new Mistake("PIL0213", $"{_algorithm.Name} cannot begin from what another policy did.", "", "Leave warmStart out.").ToString());
        var isHeuristic = source == HeuristicSource;
        var policy = isHeuristic ? _environment.CreateHeuristic() : PolicyFile.Load(source, _environment.Spec);
        var seeds = _seeds.Branch("demonstrations");
        var shown = DemonstrationRecorder.Record(policy, _environment.Create(WarmStartRows, seeds), _configuration.Header.WarmStartSteps, seeds, isHeuristic ? "The heuristic" : $"The policy in {source}");
        var figures = learner.WarmStart(shown, seeds);
        Messages = [.. Messages, string.Create(CultureInfo.InvariantCulture, $"Warm start from {(isHeuristic ? "the heuristic" : source)}: {string.Join(", ", figures.Select(figure => $"{figure.Key} {Figures.Of(figure.Value)}"))}.")];
    }

    private void Train(IProgress<TrainingProgress>? progress, long start, CancellationToken cancellation)
    {
        using var metrics = MetricsFile.Open(_folder.MetricsPath, _learner.Steps);
        using var events = EventFile.Open(_folder.Path, _learner.Steps, TimeProvider.System);
        if (_learner.Steps == 0) events.AppendText(0, "config", $"```yaml\n{_configuration.ToYaml()}```");
        using var published = new TrainingMetrics(_folder.Name);
        var checkpointPeriod = _configuration.Header.CheckpointEvery;
        var metricPeriod = Math.Max(1, Steps / MostMetricLines);
        var (first, saved) = (_learner.Steps, _learner.Steps);
        try
        {
            while (_learner.Steps < Steps)
            {
                if (cancellation.IsCancellationRequested)
                {
                    if (saved < _learner.Steps) Save(events);
                    cancellation.ThrowIfCancellationRequested();
                }

                var before = _learner.Steps;
                _learner.Iterate();
                _iteration++;
                if (_learner.Steps / metricPeriod > before / metricPeriod)
                {
                    metrics.Append(_learner.Steps, _learner.Diagnostics);
                    events.AppendScalars(_learner.Steps, _learner.Diagnostics);
                    published.Publish(_learner.Steps, _learner.Diagnostics);
                    progress?.Report(new(_learner.Steps, Steps, ReturnOf(_learner), (_learner.Steps - first) / TimeProvider.System.GetElapsedTime(start).TotalSeconds));
                }
                if (_learner.Steps / checkpointPeriod > before / checkpointPeriod)
                {
                    Save(events);
                    saved = _learner.Steps;
                }
            }
        }
        catch (RunFailedException failure)
        {
            var kept = _checkpoints.Files is not [var newest, ..] ? " There is no checkpoint yet."
                : failure.Message.Contains(newest, StringComparison.Ordinal) ? ""
                : $" The last good checkpoint is {newest}.";
            throw new RunFailedException(string.Create(CultureInfo.InvariantCulture, $"After step {_learner.Steps}: {failure.Message}{kept}"), failure);
        }
        if (saved < _learner.Steps) Save(events);
    }

    private void Save(EventFile events)
    {
        events.AppendHistograms(_learner.Steps, _learner.Weights);       // before the checkpoint: a kill between the two repeats both
        _checkpoints.Save(Checkpoint.Of(_learner, _algorithm.Name, _iteration, _configuration.Hash));
        SavePolicy();                                                    // a service may run it while it learns on
    }

    private EpisodeReturns Evaluate(IPolicy policy, CancellationToken cancellation) =>
        PolicyEvaluation.Run(policy, _environment.Create, _configuration.Header.EvaluationEpisodes, _seeds.Evaluation, cancellation: cancellation);

    private static (AlgorithmEntry Algorithm, EnvironmentEntry Environment) Find(RunHeader header, IReadOnlyList<EnvironmentEntry>? environments)
    {
        var (algorithm, environment) = (AlgorithmCatalog.Find(header.Algorithm!), EnvironmentCatalog.Find(header.Environment!, environments ?? EnvironmentCatalog.All));
        return algorithm.Refusal(environment.Spec) is { } refusal
            ? throw new UserMistakeException(new Mistake("PIL0211", refusal, "", "Choose another algorithm or environment.").ToString())
            : (algorithm, environment);
    }

    /// <summary>The number of environment steps that a settings record asks for.</summary>
    /// <param name="schema">Schema of an algorithm's settings, with an entry <c>steps</c>.</param>
    /// <param name="settings">The record.</param>
    /// <returns>At least 1.</returns>
    public static long StepsOf(SettingsSchema schema, object settings) =>
        Convert.ToInt64(schema.Fields.First(field => field.Key == "steps").Read(settings), CultureInfo.InvariantCulture);

    private static double ReturnOf(ILearner learner)
    {
        foreach (var (name, value) in learner.Diagnostics) if (name == LearningCurve.Metric) return value;
        return double.NaN;
    }
}
