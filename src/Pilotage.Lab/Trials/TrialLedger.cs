using Pilotage.Evaluation;
using Pilotage.Evaluation.Statistics;
using Pilotage.Lab.Runs;

namespace Pilotage.Lab.Trials;

/// <summary>Keeps count of the trials of a run and writes it to <see cref="RunProgress.FileName"/>. Thread-safe.</summary>
/// <param name="folder">The run's folder.</param>
/// <param name="metric">What decides.</param>
/// <param name="slots">How many trials are computed at once, at least 1.</param>
/// <param name="clock">Measures time spent.</param>
internal sealed class TrialLedger(string folder, Metric metric, int slots, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly List<Row> _rows = [];
    private readonly double _before = RunProgress.Read(folder)?.ElapsedSeconds ?? 0;          // earlier sittings
    private readonly long _start = clock.GetTimestamp();
    private (int Trials, double Weight)? _foreseen;

    /// <summary>Says how much there will be at most, before all of it can be planned.</summary>
    /// <param name="trials">Trials.</param>
    /// <param name="weight">Whole trainings among them.</param>
    public void Foresee(int trials, double weight)
    {
        lock (_lock) _foreseen = (trials, weight);
    }

    /// <summary>Says that what is planned next is all that is left.</summary>
    public void Close()
    {
        lock (_lock) _foreseen = null;
    }

    /// <summary>Takes in the trials of a study, and those of them that are finished.</summary>
    /// <param name="study">The study that runs next.</param>
    /// <param name="store">Where its trials are kept.</param>
    /// <param name="phase">Tells arms of one name apart; empty in a comparison.</param>
    /// <param name="weight">An arm's trial as a share of a whole training; <see langword="null"/> for 1 each.</param>
    /// <returns>The store that the study is to use: what it keeps is counted.</returns>
    public ITrialStore Plan(IStudy study, ITrialStore store, string phase = "", Func<string, double>? weight = null)
    {
        lock (_lock)
        {
            foreach (var arm in study.Arms)
            {
                var row = _rows.FirstOrDefault(known => known.Phase == phase && known.Arm == arm.Name);
                if (row is null) _rows.Add(row = new(phase, arm.Name, arm.Kind, arm.IsDeterministic ? 1 : study.SeedCount, weight?.Invoke(arm.Name) ?? 1));
                for (var seed = 0; seed < row.Trials; seed++) if (!row.Ended.ContainsKey(seed) && store.TryLoad(arm.Name, seed) is { } kept) row.End(seed, kept, metric.Name);
            }
        }
        Write();
        return new CountedStore(this, store, phase);
    }

    /// <summary>How far the run is now.</summary>
    public RunProgress Now()
    {
        lock (_lock)
        {
            return new(
                RunProgress.CurrentSchema, _rows.Sum(row => row.Ended.Count), Math.Max(_rows.Sum(row => row.Trials), _foreseen?.Trials ?? 0), _foreseen is not null, metric.Title,
                _before + clock.GetElapsedTime(_start).TotalSeconds, SecondsLeft(),
                [.. _rows.Select(row => new ArmProgress(row.Phase, row.Arm, row.Kind, row.Ended.Count, row.Trials, row.Mean, row.Seconds))]);
        }
    }

    // Work that is left over the slots, but never less than what the slowest trial at work still needs.
    private double? SecondsLeft()
    {
        var (work, longest, waiting) = (0.0, 0.0, 0);
        foreach (var row in _rows.Where(row => row.Ended.Count < row.Trials))
        {
            if (CostOf(row) is not { } cost) return null;
            waiting += row.Trials - row.Ended.Count;
            work += (row.Trials - row.Ended.Count) * cost;
            foreach (var begun in row.AtWork.Values)
            {
                var spent = Math.Min(clock.GetElapsedTime(begun).TotalSeconds, cost);
                (work, longest) = (work - spent, Math.Max(longest, cost - spent));
            }
        }
        if (_foreseen is { } foreseen && foreseen.Weight - _rows.Where(row => row.Kind != ArmKind.Heuristic).Sum(row => row.Trials * row.Weight) is > 0 and var unplanned)
        {
            if (SecondsPerWeight(row => row.Kind == ArmKind.Method) is not { } rate) return null;
            (work, waiting) = (work + unplanned * rate, waiting + foreseen.Trials);
        }
        return Math.Max(work / Math.Clamp(waiting, 1, slots), longest);
    }

    // An arm that has finished nothing is judged by its kind alone: a rule's trials say nothing of a training's.
    private double? CostOf(Row row) => row.Ended.Count > 0 ? row.Seconds / row.Ended.Count : SecondsPerWeight(other => other.Kind == row.Kind) * row.Weight;

    private double? SecondsPerWeight(Func<Row, bool> fits)
    {
        var rows = _rows.Where(row => fits(row) && row.Ended.Count > 0).ToList();
        return rows.Count == 0 ? null : rows.Sum(row => row.Seconds) / rows.Sum(row => row.Ended.Count * row.Weight);
    }

    private void Begin(string phase, string arm, int seed)
    {
        lock (_lock) _rows.First(row => row.Phase == phase && row.Arm == arm).AtWork[seed] = clock.GetTimestamp();
    }

    private void End(string phase, string arm, int seed, FinishedTrial trial)
    {
        lock (_lock) _rows.First(row => row.Phase == phase && row.Arm == arm).End(seed, trial, metric.Name);
        Write();
    }

    private void Write()
    {
        lock (_lock) Now().Write(folder);                               // one after the other, so that an older count never comes last
    }

    private sealed class CountedStore(TrialLedger ledger, ITrialStore store, string phase) : ITrialStore
    {
        public FinishedTrial? TryLoad(string arm, int seed)
        {
            var kept = store.TryLoad(arm, seed);
            if (kept is null) ledger.Begin(phase, arm, seed);
            return kept;
        }

        public void Save(string arm, int seed, FinishedTrial trial)
        {
            store.Save(arm, seed, trial);
            ledger.End(phase, arm, seed, trial);
        }
    }

    private sealed class Row(string phase, string arm, ArmKind kind, int trials, double weight)
    {
        public string Phase => phase;

        public string Arm => arm;

        public ArmKind Kind => kind;

        public int Trials => trials;

        public double Weight => weight;

        /// <summary>Mean of each ended trial by seed; NaN for one that did not measure the metric.</summary>
        public SortedDictionary<int, double> Ended { get; } = [];

        /// <summary>When trials began, by seed.</summary>
        public Dictionary<int, long> AtWork { get; } = [];

        public double Seconds { get; private set; }

        public double? Mean => Ended.Count > 0 && Sample.Mean([.. Ended.Values]) is var mean && double.IsFinite(mean) ? mean : null;

        public void End(int seed, FinishedTrial trial, string metric)
        {
            AtWork.Remove(seed);
            double[] values = [.. trial.Measurements.Where(one => one.Metric == metric).Select(one => one.Value)];
            Ended[seed] = values.Length > 0 ? Sample.Mean(values) : double.NaN;
            Seconds += trial.ElapsedSeconds;
        }
    }
}
