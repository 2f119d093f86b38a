using Pilotage.Evaluation;
using Pilotage.Evaluation.Statistics;
using Pilotage.Lab.Runs;
using Pilotage.Lab.Sweeps.Tuners;
using Pilotage.Lab.Trials;

namespace Pilotage.Lab.Sweeps;

/// <summary>Computes the trials of a sweep, here or elsewhere, and keeps them.</summary>
internal sealed class SweepWork
{
    private readonly SweepPlan _plan;
    private readonly RunConfiguration _configuration;
    private readonly RunFolder _folder;
    private readonly int _parallelism;
    private readonly IProgress<SweepProgress>? _progress;
    private readonly CancellationToken _cancellation;
    private readonly TrialLedger _ledger;
    private double _done;
    private string _admitted = "";

    public SweepWork(SweepPlan plan, RunConfiguration configuration, RunFolder folder, int parallelism, ITrialPool? pool, IProgress<SweepProgress>? progress, CancellationToken cancellation)
    {
        (_plan, _configuration, _folder, _progress, _cancellation) = (plan, configuration, folder, progress, cancellation);
        _parallelism = pool?.Slots ?? parallelism;
        _ledger = new(folder.Path, plan.Target.Metric, _parallelism, TimeProvider.System);
        _ledger.Foresee(plan.Cost.Trials, plan.Cost.Total);
        var root = SeedTree.Root(configuration.Header.Seed);
        var runner = pool?.Runner(SweepTrials.Name, configuration.ToYaml());
        Compute = (key, seed, stop) =>
        {
            if (key.IsTest && key.Digest != _admitted) throw new InvalidOperationException("A trial of the verdict was asked for, and its choice is not on the disk.");
            return runner is null ? SweepTrials.Run(plan.Target, root, key, seed, stop) : runner.Run(key.ToString(), seed, stop);
        };
    }

    /// <summary>Computes one trial; of the verdict only once its choice is written.</summary>
    /// <exception cref="InvalidOperationException">Somebody looks at test seeds before the choice.</exception>
    public Func<TrialKey, int, CancellationToken, FinishedTrial> Compute { get; }

    /// <summary>Asks the tuner for rounds until it has no more.</summary>
    /// <returns>All findings in the order of their proposals, and the rule's score of each tuning seed.</returns>
    public (IReadOnlyList<Finding> Findings, IReadOnlyList<double> Rule) Search()
    {
        var (findings, rule, seeds) = (new List<Finding>(), new List<double>(), _plan.Cost.TuningSeeds);
        while (_plan.Tuner.Next(findings) is { Count: > 0 } proposals)
        {
            var study = SweepStudy.Round(_plan.Target, [.. proposals.Select(one => (one.Arm, TrialKey.Tuning(_plan.Changes(one))))], seeds, Compute);
            var shares = proposals.ToDictionary(one => one.Arm, one => one.Share);
            var outcome = Run(study, "tuning", proposals.Sum(one => one.Share) * seeds, arm => shares.GetValueOrDefault(arm, 1));
            findings.AddRange(proposals.Select(one => FindingOf(one, outcome.Results)));
            rule = [.. Enumerable.Range(0, seeds).Select(seed => MeanOf(outcome.Results, _plan.Target.RuleName, seed))];
        }
        return (findings, rule);
    }

    /// <summary>Ends the search: from now on trials of the verdict may run.</summary>
    /// <param name="choice">On the disk.</param>
    public void Admit(WrittenChoice choice) => _admitted = choice.Digest;

    /// <summary>Runs the study of the verdict, after which nothing is left.</summary>
    public StudyOutcome Judge(SweepStudy study)
    {
        _ledger.Close();
        return Run(study, "test", _plan.Cost.Verdict, static _ => 1);
    }

    private StudyOutcome Run(SweepStudy study, string phase, double cost, Func<string, double> weight)
    {
        // The version too: another program may compute a trial otherwise.
        var store = new TrialFolder(Path.Combine(_folder.TrialsPath, phase), $"{_configuration.Hash}/{_configuration.Header.Version}");
        var outcome = StudyRunner.Run(study, new StudyRun
        {
            Scale = _configuration.Header.Scale,
            MaximumParallelism = _parallelism,
            Runner = study.Runner,
            Store = _ledger.Plan(study, store, phase, weight),
            Progress = new Teller(this, phase, cost),
        }, _cancellation);
        _done += cost;
        return outcome;
    }

    private Finding FindingOf(Proposal proposal, StudyResults results)
    {
        for (var seed = 0; seed < _plan.Cost.TuningSeeds; seed++)
        {
            if (results.Values(proposal.Arm, seed, SweepTrials.Failed).Keys.FirstOrDefault() is { } reason)
                return new(proposal, double.NegativeInfinity) { Failure = FormattableString.Invariant($"Seed {seed}: {reason}") };
        }
        double[] scores = [.. Enumerable.Range(0, _plan.Cost.TuningSeeds).Select(seed => MeanOf(results, proposal.Arm, seed))];
        return new(proposal, _plan.Target.Metric.HigherIsBetter ? scores.Average() : -scores.Average()) { Seeds = scores };
    }

    private double MeanOf(StudyResults results, string arm, int seed) => Sample.Mean([.. results.Values(arm, seed, _plan.Target.Metric.Name).Values]);

    private sealed class Teller(SweepWork work, string phase, double cost) : IProgress<StudyProgress>
    {
        public void Report(StudyProgress value) => work._progress?.Report(new(
            Math.Min(1, (work._done + cost * value.Done / value.Total) / work._plan.Cost.Total), FormattableString.Invariant($"{phase} {value.Arm}, seed {value.Seed}")));
    }
}
