using Pilotage.Language.Generation;
using Pilotage.Language.Groups;
using Pilotage.Language.Trees;
using Pilotage.Systems.Language.DcpoDistribution;
using Pilotage.Systems.Language.MiniLab;
using Pilotage.Systems.Language.Rec;

namespace Pilotage.Systems.Language.Comparison;

/// <summary>The method of each language system on the laboratory, with the system's own defaults and the laboratory's batch. HBPO is not here: answers of one length leave it nothing to budget.</summary>
internal static class ComparedMethods
{
    /// <summary>By name, the system's slug first.</summary>
    public static IReadOnlyDictionary<string, Func<MiniLabTrial, ILanguageLearner>> All { get; } = new OrderedDictionary<string, Func<MiniLabTrial, ILanguageLearner>>
    {
        ["dcpo-distribution"] = trial => new Dcpo(new() { Batch = trial.Batch }, trial.Model, trial.Sampler, trial.Problems, trial.Seeds),
        ["gbpo"] = trial => new Gbpo.Gbpo(new() { Batch = trial.Batch }, trial.Model, trial.Sampler, trial.Problems, trial.Seeds),
        ["lp-reg"] = trial => new LpReg.LpReg(new(), trial.Batch, trial.Model, trial.Sampler, trial.Problems, trial.Seeds),
        ["r2vpo"] = trial => new R2vpo.R2vpo(new() { Batch = trial.Batch }, trial.Model, trial.Sampler, trial.Problems, trial.Seeds),
        ["rec (one-side, wide)"] = trial => Rec(trial, RecMembers.OneSideNoIsWide),
        ["rec (red-drop)"] = trial => Rec(trial, RecMembers.RedDrop),
        ["rover"] = trial => new Rover.Rover(new() { Batch = trial.Batch }, trial.Model, trial.Sampler, trial.Problems, trial.Seeds),
        ["treepo"] = Tree,
    };

    // Segments of two tokens: three levels for answers of at most six.
    private static TreePo.TreePo Tree(MiniLabTrial trial)
    {
        var tree = new TreeConfig { Leaves = trial.Batch.GroupSize, SegmentTokens = 2, Depth = (trial.Task.MaximumResponse + 1) / 2 };
        var sampler = new TreeSampler(new Generator(trial.Model), trial.Task, trial.Task.Tokenizer, MiniLabTrial.Sampling, tree);
        trial.Counted(() => sampler.DecodedTokens);
        return new(new() { Tree = tree, Batch = trial.Batch }, trial.Model, sampler, trial.Problems, trial.Seeds);
    }

    private static Rec.Rec Rec(MiniLabTrial trial, string member)
    {
        var policy = new LaggedPolicy(trial.Model, LagSchedule.OnPolicy, trial.Seeds);
        var source = new LaggedSource(policy, trial.SamplerOf(policy.Model), trial.Problems, trial.Batch, trial.Seeds);
        return new(RecMembers.All[member], trial.Batch, trial.Model, source, MiniLabTrial.Sampling.Temperature, trial.Seeds);
    }
}
