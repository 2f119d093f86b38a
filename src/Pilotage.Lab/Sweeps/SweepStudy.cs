using System.Collections.Concurrent;
using Pilotage.Evaluation;
using Pilotage.Lab.Sweeps.Targets;

namespace Pilotage.Lab.Sweeps;

/// <summary>Some trials of a sweep as a study: a round of candidates beside the rule, or the verdict.</summary>
internal sealed class SweepStudy : IStudy
{
    /// <summary>Names of the verdict's arms.</summary>
    public const string Default = "default", Tuned = "tuned";

    /// <summary>Ids of the verdict's claims.</summary>
    public const string BeatsDefault = "tuned-beats-default", BeatsRule = "tuned-beats-rule";

    private readonly IReadOnlyDictionary<string, TrialKey> _keys;

    private SweepStudy(
        ISweepTarget target, IReadOnlyList<(string Name, ArmKind Kind, TrialKey Key)> arms, int seeds, string reference, IReadOnlyList<Claim> claims, Func<TrialKey, int, CancellationToken, FinishedTrial> compute)
    {
        (SeedCount, ReferenceArm, Claims, Metrics) = (seeds, reference, claims, [target.Metric]);
        _keys = arms.ToDictionary(arm => arm.Name, arm => arm.Key);
        Runner = new Computing(this, compute);
        Arms = [.. arms.Select(arm => new Arm(arm.Name, arm.Kind, (trial, cancellation) => Runner.Run(arm.Name, trial.Seed, cancellation).Measurements))];
    }

    /// <inheritdoc/>
    public IReadOnlyList<Arm> Arms { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims { get; }

    /// <inheritdoc/>
    public int SeedCount { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Metrics { get; }

    /// <inheritdoc/>
    public string ReferenceArm { get; }

    /// <summary>Computes the study's trials by their keys; what two arms have in common is computed once.</summary>
    public ITrialRunner Runner { get; }

    /// <summary>A round of candidates beside the rule, on tuning seeds.</summary>
    public static SweepStudy Round(ISweepTarget target, IReadOnlyList<(string Arm, TrialKey Key)> candidates, int seeds, Func<TrialKey, int, CancellationToken, FinishedTrial> compute) =>
        new(target, [(target.RuleName, ArmKind.Heuristic, TrialKey.TuningRule), .. candidates.Select(one => (one.Arm, ArmKind.Method, one.Key))], seeds, target.RuleName, [], compute);

    /// <summary>Rule, default and choice on test seeds.</summary>
    public static SweepStudy Verdict(ISweepTarget target, WrittenChoice choice, int seeds, Func<TrialKey, int, CancellationToken, FinishedTrial> compute)
    {
        var nothing = new Dictionary<string, string>();
        return new(
            target,
            [
                (target.RuleName, ArmKind.Heuristic, TrialKey.TestRule(choice)), (Default, ArmKind.Baseline, TrialKey.Test(choice, nothing)),
                (Tuned, ArmKind.Method, TrialKey.Test(choice, choice.Choice.IsDefault ? nothing : choice.Choice.Values)),
            ],
            seeds, Default, ClaimsOf(target), compute);
    }

    /// <summary>The verdict before there is a choice: what it will claim, with arms that cannot run.</summary>
    public static SweepStudy Shape(ISweepTarget target, int seeds) => new(
        target, [(target.RuleName, ArmKind.Heuristic, TrialKey.TuningRule), (Default, ArmKind.Baseline, TrialKey.TuningRule), (Tuned, ArmKind.Method, TrialKey.TuningRule)], seeds, Default, ClaimsOf(target),
        static (_, _, _) => throw new InvalidOperationException("A verdict's trials run after the choice."));

    /// <summary>What is said of the choice: better than the default, and than the rule.</summary>
    public static IReadOnlyList<Claim> ClaimsOf(ISweepTarget target)
    {
        var (rule, better) = (new EffectRule { Comparisons = 2 }, target.Metric.HigherIsBetter ? Region.Above(0) : Region.Below(0));
        return
        [
            rule.Claim(BeatsDefault, $"The chosen settings do better than the default ones in {target.Metric.Name}, on seeds that no candidate was tried on", "this sweep", better,
                (results, effect) => PairedEffect.Of(results, Tuned, Default, target.Metric.Name, effect)),
            rule.Claim(BeatsRule, $"The chosen settings do better than {target.RuleName} on the same seeds", "this sweep", better,
                (results, effect) => PairedEffect.Of(results, Tuned, target.RuleName, target.Metric.Name, effect)),
        ];
    }

    private sealed class Computing(SweepStudy study, Func<TrialKey, int, CancellationToken, FinishedTrial> compute) : ITrialRunner
    {
        private readonly ConcurrentDictionary<string, Lazy<FinishedTrial>> _computed = [];

        public FinishedTrial Run(string arm, int seed, CancellationToken cancellation)
        {
            var key = study._keys[arm];
            return _computed.GetOrAdd(FormattableString.Invariant($"{seed} {key}"), _ => new(() => compute(key, seed, cancellation))).Value;
        }
    }
}
