using System.ComponentModel.DataAnnotations;
using Pilotage.Language.Algorithms;
using Pilotage.Settings;

namespace Pilotage.Systems.Language.Hbpo;

/// <summary>Settings of <see cref="Hbpo"/>. Budgets and lengths are those of a small laboratory; the published ones are 512, 1024, 2048, 2560 of 4096 tokens, 64 problems of 16 answers.</summary>
[Settings]
public sealed partial record HbpoConfig : ISettingsRules
{
    /// <summary>What is drawn in a step and how it is descended. The answers to a problem must divide into the budgets.</summary>
    public GroupBatchConfig Batch { get; init; } = new() { Prompts = 8, GroupSize = 16 };

    /// <summary>Tokens that the subgroups are told (b_1 to b_k), rising, each below <see cref="MaximumTokens"/>. One: no long answers survive, or no short ones; more than a handful: too few answers in each.</summary>
    [Range(1, 1_000_000)]
    public IReadOnlyList<int> Budgets { get; init; } = [10, 16, 32, 40];

    /// <summary>Most tokens of an answer (L_max); longer ones are cut and wrong.</summary>
    [Range(2, 1_000_000)]
    public int MaximumTokens { get; init; } = 64;

    /// <summary>Worth of the shortest correct answer (beta). It also scales the first term of the advantage; the second is standardised. Usual 1-4.</summary>
    [Range(0.0, 1000.0, MinimumIsExclusive = true)]
    public double RewardScale { get; init; } = 4;

    /// <summary>What <see cref="MaximumTokens"/> tokens beyond the budget cost (alpha L_max). 0: budgets differ in their flat part alone; large: rewards of long answers turn negative. Usual 1.</summary>
    [Range(0.0, 1000.0)]
    public double DeviationWeight { get; init; } = 1;

    /// <summary>The paper's reward, or that of the released code.</summary>
    public BudgetRule Reward { get; init; } = BudgetRule.Paper;

    /// <summary>Weight of the first term of the advantage, a subgroup's mean reward less the worth of its budget: 1 the paper, 2 the released code, 0 without it.</summary>
    [Range(0.0, 100.0)]
    public double IntraWeight { get; init; } = 1;

    /// <summary>How far a ratio may fall below 1. Usual 0.2.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double LowerRadius { get; init; } = 0.2;

    /// <summary>How far a ratio may rise above 1. Usual 0.28.</summary>
    [Range(0.0, 1000.0, MinimumIsExclusive = true)]
    public double UpperRadius { get; init; } = 0.28;

    /// <summary>Whether groups without a correct answer are learned from, as in the released code: the first term then lowers whatever was said.</summary>
    public bool KeepFailedGroups { get; init; }

    /// <summary>How a budget is told, right behind the prompt; {budget} stands for its tokens. Of a model that reads English: <c>I will answer the question within {budget} tokens. </c></summary>
    public string BudgetText { get; init; } = "<{budget}>";

    /// <inheritdoc/>
    public IEnumerable<string> Problems()
    {
        if (Budgets.Count == 0) yield return "budgets is empty. Give at least one, for example [10, 16, 32, 40].";
        for (var i = 1; i < Budgets.Count; i++)
        {
            if (Budgets[i] <= Budgets[i - 1]) yield return $"budgets = [{string.Join(", ", Budgets)}] does not rise at {Budgets[i]}. Name them from the smallest to the largest, each once.";
        }
        if (Budgets.Count > 0 && Budgets[^1] >= MaximumTokens) yield return $"budgets holds {Budgets[^1]}, which is not below maximumTokens = {MaximumTokens}. Lower it, or allow longer answers.";
        if (Budgets.Count > 0 && Batch.GroupSize % Budgets.Count != 0) yield return $"batch.groupSize = {Batch.GroupSize} does not divide into {Budgets.Count} subgroups of one size. Give a multiple of {Budgets.Count}.";
        if (!BudgetText.Contains("{budget}", StringComparison.Ordinal)) yield return $"budgetText = \"{BudgetText}\" does not say the budget. Write {{budget}} where its number stands.";
    }
}
