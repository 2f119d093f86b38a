using Pilotage.Language.Groups;
using Pilotage.Systems.Language.MiniLab;
using Pilotage.Systems.Language.Rec;

namespace Pilotage.Systems.Language.Comparison;

/// <summary>The method of each language system on the laboratory, with the system's own defaults and the laboratory's batch.</summary>
internal static class ComparedMethods
{
    /// <summary>By name, the system's slug first.</summary>
    public static IReadOnlyDictionary<string, Func<MiniLabTrial, ILanguageLearner>> All { get; } = new OrderedDictionary<string, Func<MiniLabTrial, ILanguageLearner>>
    {
        ["rec (one-side, wide)"] = trial => Rec(trial, RecMembers.OneSideNoIsWide),
        ["rec (red-drop)"] = trial => Rec(trial, RecMembers.RedDrop),
    };

    private static Rec.Rec Rec(MiniLabTrial trial, string member)
    {
        var policy = new LaggedPolicy(trial.Model, LagSchedule.OnPolicy, trial.Seeds);
        var source = new LaggedSource(policy, trial.SamplerOf(policy.Model), trial.Problems, trial.Batch, trial.Seeds);
        return new(RecMembers.All[member], trial.Batch, trial.Model, source, MiniLabTrial.Sampling.Temperature, trial.Seeds);
    }
}
