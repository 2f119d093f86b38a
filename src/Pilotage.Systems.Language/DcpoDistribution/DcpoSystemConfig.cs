using System.ComponentModel.DataAnnotations;
using Pilotage.Numerics;
using Pilotage.Settings;
using Pilotage.Systems.Language.Apply;
using Pilotage.Systems.Language.MiniLab;

namespace Pilotage.Systems.Language.DcpoDistribution;

/// <summary>Settings of the system: the learner, and what the study compares.</summary>
[Settings]
public sealed partial record DcpoSystemConfig : ISettingsRules
{
    /// <summary>The method. In the study its batch is the laboratory's, and its set point follows from targetFractions.</summary>
    public DcpoConfig Dcpo { get; init; } = new();

    /// <summary>The laboratory of the study.</summary>
    public MiniLabConfig Lab { get; init; } = new() { Steps = 150 };

    /// <summary>What the study trains on: countdown, or chain.</summary>
    public LabTask Task { get; init; } = LabTask.Countdown;

    /// <summary>Set points of the study as shares of the warm start's entropy, ascending; comparisons of quality are made at the middle one.</summary>
    [Range(0.0, 10.0, MinimumIsExclusive = true)]
    public IReadOnlyList<double> TargetFractions { get; init; } = [0.25, 0.5, 0.75];

    /// <summary>Weights of the entropy bonus, one for each set point, tuned on a seed that the study does not use. 0: no arm, where GRPO without a bonus stays above the set point already.</summary>
    [Range(0.0, 1e6)]
    public IReadOnlyList<double> EntropyWeights { get; init; } = [0, 0.01, 0.06];

    /// <summary>Temperature of the arm with a stronger thermostat, at the highest set point; below it the reciprocal. The paper's is 1.2.</summary>
    [Range(1.0, 10.0, MinimumIsExclusive = true)]
    public double StrongTemperature { get; init; } = 3;

    /// <summary>The largest error that counts in that arm, nats. The paper's is 0.1.</summary>
    [Range(0.0, 10.0)]
    public double StrongError { get; init; } = 1;

    /// <summary>Set points of the exact study, in nats; its bandits have five correct actions of twenty, so at most ln 5 = 1.61 can be held without mistakes.</summary>
    [Range(0.0, 3.0, MinimumIsExclusive = true)]
    public IReadOnlyList<double> BanditTargets { get; init; } = [0.5, 1.0, 1.5];

    /// <summary>Starts of each kind in the exact study.</summary>
    [Range(1, 10_000)]
    public int BanditDraws { get; init; } = 8;

    /// <summary>Expected updates of each bandit.</summary>
    [Range(1, 10_000_000)]
    public int BanditUpdates { get; init; } = 10_000;

    /// <summary>What apply trains, on your problems.</summary>
    public LanguageApplyConfig Apply { get; init; } = new();

    /// <inheritdoc/>
    public IEnumerable<string> Problems()
    {
        foreach (var problem in Dcpo.Problems()) yield return problem;
        if (TargetFractions.Count == 0 || TargetFractions.Zip(TargetFractions.Skip(1), (low, high) => low < high).Contains(false))
            yield return $"targetFractions = [{Text(TargetFractions)}] must be at least one number, each greater than the one before. Give for example [0.25, 0.5, 0.75].";
        if (EntropyWeights.Count != TargetFractions.Count) yield return $"entropyWeights has {EntropyWeights.Count} numbers for {TargetFractions.Count} set points. Give one for each.";
        if (BanditTargets.Count == 0) yield return "banditTargets is empty. Give at least one set point in nats, for example [0.5].";
        if (BanditTargets.Distinct().Count() != BanditTargets.Count) yield return $"banditTargets = [{Text(BanditTargets)}] names a set point twice. Name each once.";
        var highest = Logarithm.Log(SoftmaxBandit.Actions);
        foreach (var target in BanditTargets.Where(target => target >= highest))
            yield return FormattableString.Invariant($"banditTargets has {target}; no policy over {SoftmaxBandit.Actions} actions has an entropy above ln {SoftmaxBandit.Actions} = {highest:0.000} nats. Give less.");
    }

    private static string Text(IEnumerable<double> values) => string.Join(", ", values.Select(value => FormattableString.Invariant($"{value}")));
}
