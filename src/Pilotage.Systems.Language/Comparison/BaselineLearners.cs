using Pilotage.Language.Algorithms;
using Pilotage.Language.Groups;
using Pilotage.Language.Models;

namespace Pilotage.Systems.Language.Comparison;

/// <summary>Makes the baselines of the same parts.</summary>
/// <param name="config">Settings.</param>
/// <param name="batch">What is drawn in a step and how it is descended.</param>
internal sealed class BaselineLearners(ComparisonConfig config, GroupBatchConfig batch)
{
    /// <summary>Names as they stand in tables.</summary>
    public static IReadOnlyDictionary<Baseline, string> Names { get; } = new OrderedDictionary<Baseline, string>
    {
        [Baseline.Reinforce] = "reinforce", [Baseline.ReinforcePlusPlus] = "reinforce++", [Baseline.Rloo] = "rloo", [Baseline.Grpo] = "grpo",
        [Baseline.DrGrpo] = "dr-grpo", [Baseline.Dapo] = "dapo", [Baseline.Gspo] = "gspo", [Baseline.Ppo] = "ppo",
    };

    /// <summary>Makes a learner.</summary>
    /// <param name="which">Which.</param>
    /// <param name="model">What learns.</param>
    /// <param name="sampler">Draws from it.</param>
    /// <param name="problems">What is asked.</param>
    /// <param name="seeds">The run's seed tree.</param>
    /// <returns>The learner.</returns>
    public ILanguageLearner Make(Baseline which, LanguageModel model, GroupSampler sampler, ProblemStream problems, SeedTree seeds) => which switch
    {
        Baseline.Reinforce => new Reinforce(new() { Batch = batch }, model, sampler, problems, seeds),
        Baseline.ReinforcePlusPlus => new ReinforcePlusPlus(new() { Batch = batch, ReferenceWeight = config.ReferenceWeight }, model, sampler, problems, seeds),
        Baseline.Rloo => new Rloo(new() { Batch = batch }, model, sampler, problems, seeds),
        Baseline.Grpo => new Grpo(new() { Batch = batch, ReferenceWeight = config.ReferenceWeight }, model, sampler, problems, seeds),
        Baseline.DrGrpo => new DrGrpo(new() { Batch = batch }, model, sampler, problems, seeds),
        Baseline.Dapo => new Dapo(new() { Batch = batch }, model, sampler, problems, seeds),
        Baseline.Gspo => new Gspo(new() { Batch = batch, LowerRadius = config.AnswerLowerRadius, UpperRadius = config.AnswerUpperRadius }, model, sampler, problems, seeds),
        _ => new TokenPpo(new() { Batch = batch }, model, sampler, problems, seeds),
    };
}
