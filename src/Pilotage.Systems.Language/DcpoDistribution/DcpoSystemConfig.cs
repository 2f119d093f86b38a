using System.ComponentModel.DataAnnotations;
using Pilotage.Numerics;
using Pilotage.Settings;

namespace Pilotage.Systems.Language.DcpoDistribution;

/// <summary>Settings of the system: the learner, and what the study compares.</summary>
[Settings]
public sealed partial record DcpoSystemConfig : ISettingsRules
{
    /// <summary>The method.</summary>
    public DcpoConfig Dcpo { get; init; } = new();

    /// <summary>Set points of the exact study, in nats; its bandits have five correct actions of twenty, so at most ln 5 = 1.61 can be held without mistakes.</summary>
    [Range(0.0, 3.0, MinimumIsExclusive = true)]
    public IReadOnlyList<double> BanditTargets { get; init; } = [0.5, 1.0, 1.5];

    /// <summary>Starts of each kind in the exact study.</summary>
    [Range(1, 10_000)]
    public int BanditDraws { get; init; } = 8;

    /// <summary>Expected updates of each bandit.</summary>
    [Range(1, 10_000_000)]
    public int BanditUpdates { get; init; } = 10_000;

    /// <inheritdoc/>
    public IEnumerable<string> Problems()
    {
        foreach (var problem in Dcpo.Problems()) yield return problem;
        if (BanditTargets.Count == 0) yield return "banditTargets is empty. Give at least one set point in nats, for example [0.5].";
        if (BanditTargets.Distinct().Count() != BanditTargets.Count) yield return $"banditTargets = [{string.Join(", ", BanditTargets.Select(target => FormattableString.Invariant($"{target}")))}] names a set point twice. Name each once.";
        var highest = Logarithm.Log(SoftmaxBandit.Actions);
        foreach (var target in BanditTargets.Where(target => target >= highest))
            yield return FormattableString.Invariant($"banditTargets has {target}; no policy over {SoftmaxBandit.Actions} actions has an entropy above ln {SoftmaxBandit.Actions} = {highest:0.000} nats. Give less.");
    }
}
