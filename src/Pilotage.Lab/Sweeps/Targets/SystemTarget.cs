using Pilotage.Evaluation;
using Pilotage.Settings;
using Pilotage.Systems;
using Pilotage.Tensors;

namespace Pilotage.Lab.Sweeps.Targets;

/// <summary>An arm of a system's study on one of its metrics, beside the study's rule.</summary>
/// <remarks>
/// Seeds keep tuning and test apart where instances are drawn from them. Where instances are the same at every seed (days of a trace, problems of a test set),
/// they are split by their names: the tuner sees one half, the verdict rests on the other.
/// </remarks>
internal sealed class SystemTarget : ISweepTarget
{
    private readonly ISystem _system;
    private readonly StudyRequest _request;
    private readonly SweepSettings _sweep;
    private readonly IStudy _study;
    private readonly bool _isSplit;
    private readonly string _rule;

    /// <param name="system">The system.</param>
    /// <param name="start">Settings that candidates start from.</param>
    /// <param name="sweep">Names arm, metric and rule.</param>
    /// <param name="scale">How much a trial runs.</param>
    /// <param name="data">Folder of real data; <see langword="null"/> for generated ones.</param>
    /// <param name="device">Where tensors are computed.</param>
    /// <exception cref="UserMistakeException">The study has no such arm, metric or rule; holds all problems.</exception>
    public SystemTarget(ISystem system, object start, SweepSettings sweep, Scale scale, string? data, Device device)
    {
        (_system, _sweep, Start) = (system, sweep, start);
        _request = new(start, scale, null, data) { Device = device };
        _study = system.CreateStudy(_request);
        var problems = new List<string>();
        var arms = _study.Arms.Select(arm => arm.Name).ToList();
        if (sweep.Arm is null) problems.Add(Told("PIL2005", $"No arm of {Slug} is named, so nothing is tuned.", $"Name one with --arm: {string.Join(", ", _study.Arms.Where(arm => arm.Kind != ArmKind.Heuristic).Select(arm => arm.Name))}."));
        else Unknown("arm", sweep.Arm, arms, problems);
        if (sweep.Rule is { } rule) Unknown("arm", rule, arms, problems);
        if (sweep.Metric is { } metric) Unknown("metric", metric, [.. _study.Metrics.Select(one => one.Name)], problems);
        UserMistakeException.ThrowIfAny(problems);
        _rule = sweep.Rule ?? _study.ReferenceArm;
        RuleName = _rule is SweepStudy.Default or SweepStudy.Tuned ? $"rule-{_rule}" : _rule;
        Metric = sweep.Metric is null ? _study.Metrics[0] : _study.Metrics.First(one => one.Name == sweep.Metric);
        _isSplit = sweep.Instances == InstanceUse.Split;
    }

    /// <inheritdoc/>
    public string Title => $"{_sweep.Arm} of {Slug}";

    /// <inheritdoc/>
    public Metric Metric { get; }

    /// <inheritdoc/>
    public string RuleName { get; }

    /// <inheritdoc/>
    public SettingsSchema Schema => _system.Settings;

    /// <inheritdoc/>
    public object Start { get; }

    /// <inheritdoc/>
    public string? UsualBudget => null;

    private string Slug => _system.Description.Slug;

    // Real data have no seeds. Otherwise: who does not depend on the seed, and measures the metric, shows that its instances do not either.
    /// <inheritdoc/>
    public InstanceUse Resolve(TuningSeeds seeds, CancellationToken cancellation)
    {
        if (_sweep.Instances != InstanceUse.Automatic) return _sweep.Instances;
        if (_request.DataFolder is not null) return InstanceUse.Split;
        var isSame = _study.Arms.Where(arm => arm.IsDeterministic).OrderByDescending(arm => arm.Name == _rule)
            .Any(arm => arm.Run(new(_request.Scale, 0, seeds.Trial(0)), cancellation).Any(one => one.Metric == Metric.Name));
        return isSame ? InstanceUse.Split : InstanceUse.Fresh;
    }

    /// <inheritdoc/>
    public void Check(IReadOnlyList<(string Key, IReadOnlyList<string> Values)> keys, TuningSeeds seeds, CancellationToken cancellation)
    {
        var all = Measured(_study, _rule, 0, seeds.Trial(0), cancellation);
        var rule = Values(Selected(all, isTest: false));
        var (tuning, test) = (rule.Count, Values(Selected(all, isTest: true)).Count);
        if (tuning == 0 || test == 0)
        {
            var measured = all.Select(one => one.Metric).Where(name => !name.StartsWith(Measurement.TimingPrefix, StringComparison.Ordinal)).Distinct().ToList();
            throw Mistake(!measured.Contains(Metric.Name)
                ? Told("PIL2006", $"{RuleName} does not measure {Metric.Name}; it measures {string.Join(", ", measured)}.", "Name another --metric, or a --rule that measures this one.")
                : Told("PIL2007", $"{Metric.Name} has {tuning + test} instance{(tuning + test == 1 ? "" : "s")} in {Slug}, too few for one half to tune on and one to judge by.", "If each seed draws its own instances, say so: --instances fresh. Otherwise there is nothing left to judge by."));
        }
        foreach (var (key, values) in keys)
        {
            foreach (var value in values)
            {
                cancellation.ThrowIfCancellationRequested();
                object settings;
                try { settings = SettingsBinder.Bind(Schema, Start, SettingSource.FromCode([new(key, value)], key)); }
                catch (UserMistakeException) { continue; }               // contradicts the start; candidates may still fit it
                var changed = Values(Selected(Measured(_system.CreateStudy(_request with { Settings = settings }), _rule, 0, seeds.Trial(0), cancellation), isTest: false));
                if (changed.SequenceEqual(rule)) continue;
                throw Mistake(Told(
                    "PIL2008", $"{key} = {value} changes what {RuleName} measures, so it is part of the problem, or of the rule, and not of {_sweep.Arm}: a candidate would be judged on a problem of its own.",
                    "Vary settings of the arm alone; fix the problem with --set."));
            }
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<Measurement> MeasureRule(int seed, SeedTree seeds, bool isTest, CancellationToken cancellation) => Selected(Measured(_study, _rule, seed, seeds, cancellation), isTest);

    /// <inheritdoc/>
    public IReadOnlyList<Measurement> Measure(object settings, int seed, SeedTree seeds, bool isTest, CancellationToken cancellation) =>
        Selected(Measured(_system.CreateStudy(_request with { Settings = settings }), _sweep.Arm!, seed, seeds, cancellation), isTest);

    /// <summary>The half of the instances that an instance belongs to: decided by its name alone, so that all arms and processes agree.</summary>
    internal static bool IsForTest(string instance) => (SeedTree.Root(0).Branch(instance).Key & 1) == 1;

    private IReadOnlyList<Measurement> Measured(IStudy study, string arm, int seed, SeedTree seeds, CancellationToken cancellation) =>
        study.Arms.First(one => one.Name == arm).Run(new(_request.Scale, seed, seeds), cancellation);

    private List<Measurement> Selected(IReadOnlyList<Measurement> all, bool isTest) =>
    [
        .. all.Where(one => one.Metric.StartsWith(Measurement.TimingPrefix, StringComparison.Ordinal) || one.Metric == Metric.Name && (!_isSplit || IsForTest(one.Instance) == isTest)),
    ];

    private List<Measurement> Values(IReadOnlyList<Measurement> measured) => [.. measured.Where(one => one.Metric == Metric.Name)];

    private void Unknown(string kind, string given, IReadOnlyList<string> known, List<string> problems)
    {
        if (known.Contains(given)) return;
        var meant = NearestName.Suggest(given, known) is { } nearest ? $"Did you mean {nearest}? " : "";
        problems.Add(Told("PIL2005", $"{Slug} has no {kind} \"{given}\".", $"{meant}It has: {string.Join(", ", known)}."));
    }

    private static string Told(string code, string what, string advice) => new Mistake(code, what, "", advice).ToString();

    private static UserMistakeException Mistake(string problem) => new(problem);
}
