namespace Pilotage.Evaluation;

/// <summary>Runs a study: every arm on every seed, deterministic arms once, then the claims. Results depend on neither threads nor order.</summary>
public sealed class StudyRunner
{
    private readonly IStudy _study;
    private readonly StudyRun _run;
    private readonly (Arm Arm, int Seed)[] _trials;
    private readonly (TrialTable Table, double Seconds)[] _finished;
    private readonly Exception?[] _failures;
    private readonly CancellationToken _cancellation;
    private readonly Lock _progressLock = new();
    private int _next;
    private int _done;
    private volatile bool _stopping;

    private StudyRunner(IStudy study, StudyRun run, CancellationToken cancellation)
    {
        (_study, _run, _cancellation) = (study, run, cancellation);
        _trials = [.. study.Arms.SelectMany(arm => Enumerable.Range(0, arm.IsDeterministic ? 1 : study.SeedCount), (arm, seed) => (arm, seed))];
        _finished = new (TrialTable, double)[_trials.Length];
        _failures = new Exception?[_trials.Length];
    }

    /// <summary>Refuses a study that cannot be run, before anything is run or written. <see cref="Run(IStudy, StudyRun, CancellationToken)"/> does so too.</summary>
    /// <param name="study">The study.</param>
    /// <param name="scale">How much is to be run.</param>
    /// <exception cref="InvalidOperationException">The study has defects of its own.</exception>
    /// <exception cref="UserMistakeException">A claim cannot pass with so few seeds.</exception>
    public static void Check(IStudy study, Scale scale) => StudyCheck.ThrowIfUnusable(study, scale);

    /// <summary>Runs a study to its end.</summary>
    /// <param name="study">Arms, seeds, metrics, claims.</param>
    /// <param name="run">Scale, seeds, threads, store, progress.</param>
    /// <param name="cancellation">Given to every arm; also looked at between trials. Trials that ended before are in the store.</param>
    /// <returns>Results and verdicts.</returns>
    /// <exception cref="InvalidOperationException">The study has defects of its own, or an arm failed unexpectedly; the message names the arm.</exception>
    /// <exception cref="UserMistakeException">A claim cannot pass with so few seeds, or an arm refused its input.</exception>
    /// <exception cref="RunFailedException">A measurement is not finite, or an arm's run failed.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static StudyOutcome Run(IStudy study, StudyRun run, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(run.MaximumParallelism, 1, nameof(run));
        StudyCheck.ThrowIfUnusable(study, run.Scale);
        return new StudyRunner(study, run, cancellation).Run();
    }

    private StudyOutcome Run()
    {
        var start = TimeProvider.System.GetTimestamp();
        var helpers = new Task[Math.Min(_run.MaximumParallelism, _trials.Length) - 1];
        for (var i = 0; i < helpers.Length; i++) helpers[i] = Task.Factory.StartNew(Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Work();
        Task.WaitAll(helpers, CancellationToken.None);

        // Trials are handed out in order, so all before the first failure have ended: which one is told does not depend on the threads.
        _cancellation.ThrowIfCancellationRequested();
        if (_failures.FirstOrDefault(f => f is not null) is { } failure) throw failure;

        var results = new StudyResults();
        for (var i = 0; i < _trials.Length; i++) results.Add(_trials[i].Arm.Name, _trials[i].Seed, _finished[i].Table);
        var claims = _study.Claims.Select(c => JudgedClaim.Of(c, results, _run.Scale)).ToArray();
        var seconds = _trials.Zip(_finished).GroupBy(t => t.First.Arm.Name, (arm, trials) => (arm, trials.Sum(t => t.Second.Seconds))).ToArray();
        return new(results, claims, _run.Scale, seconds, TimeProvider.System.GetElapsedTime(start).TotalSeconds);
    }

    private void Work()
    {
        while (!_stopping && !_cancellation.IsCancellationRequested)
        {
            var index = Interlocked.Increment(ref _next) - 1;
            if (index >= _trials.Length) return;
            try
            {
                RunTrial(index);
            }
            catch (OperationCanceledException) when (_cancellation.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                _failures[index] = Named(e, _trials[index].Arm.Name, _trials[index].Seed);
                _stopping = true;
            }
        }
    }

    private void RunTrial(int index)
    {
        var (arm, seed) = _trials[index];
        Report(arm.Name, seed, done: 0);
        if (_run.Store?.TryLoad(arm.Name, seed) is { } kept)
        {
            _finished[index] = (new(arm.Name, seed, kept.Measurements), kept.ElapsedSeconds);
        }
        else
        {
            var trial = _run.Runner?.Run(arm.Name, seed, _cancellation) ?? RunHere(arm, seed);
            _cancellation.ThrowIfCancellationRequested();               // an arm that stopped early by returning has not measured all
            _finished[index] = (new(arm.Name, seed, trial.Measurements), trial.ElapsedSeconds);
            _run.Store?.Save(arm.Name, seed, trial);
        }
        Report(arm.Name, seed, done: 1);
    }

    private FinishedTrial RunHere(Arm arm, int seed)
    {
        var start = TimeProvider.System.GetTimestamp();
        var measurements = arm.Run(new(_run.Scale, seed, _run.Seeds.Branch(seed)), _cancellation);
        return new(measurements, TimeProvider.System.GetElapsedTime(start).TotalSeconds);
    }

    private void Report(string arm, int seed, int done)
    {
        lock (_progressLock)                                            // so that the count never goes back
        {
            _done += done;
            _run.Progress?.Report(new(_done, _trials.Length, arm, seed));
        }
    }

    // The kind of the exception decides the exit code, so it stays; a table's own message names arm and seed already.
    private static Exception Named(Exception e, string arm, int seed)
    {
        var where = FormattableString.Invariant($"Arm '{arm}', seed {seed}");
        return e switch
        {
            _ when e.Message.StartsWith(where, StringComparison.Ordinal) => e,
            UserMistakeException mistake => new UserMistakeException([.. mistake.Problems.Select(p => $"{where}: {p}")]),
            RunFailedException => new RunFailedException($"{where}: {e.Message}", e),
            _ => new InvalidOperationException($"{where} failed: {e.Message}", e),
        };
    }
}
