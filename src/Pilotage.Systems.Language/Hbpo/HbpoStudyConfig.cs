using System.ComponentModel.DataAnnotations;
using Pilotage.Language.Supervised;
using Pilotage.Settings;
using Pilotage.Systems.Language.Apply;

namespace Pilotage.Systems.Language.Hbpo;

/// <summary>Settings of the system HBPO: the method, the laboratory it is studied in, and how it is applied. Laptop sizes.</summary>
[Settings]
public sealed partial record HbpoStudyConfig : ISettingsRules
{
    /// <summary>The method. All methods of the study share its batch, lengths and radii; budgets are those of the arm with all of them.</summary>
    public HbpoConfig Method { get; init; } = new();

    /// <summary>Share of the demonstrations with a budget that keep to it, the rest being as long as they like. 0: budgets mean nothing at first, and learning from rewards alone does not find out soon; 1: nothing is left to explore.</summary>
    [Range(0.0, 1.0)]
    public double ObeyingShare { get; init; } = 0.5;

    /// <summary>Imitation before: traces of all lengths, a budget behind half of the prompts.</summary>
    public WarmStartConfig WarmStart { get; init; } = new() { CorruptedShare = 0.1, BatchSize = 32, LearningRate = 2e-3, CheckEvery = 50, ValidationProblems = 300, LowestSuccess = 0.5, HighestSuccess = 0.75, MaximumUpdates = 6_000 };

    /// <summary>Folder of kept warm starts. Empty: <c>pilotage/warm-starts</c> in the user's folder for local data.</summary>
    public string WarmStartFolder { get; init; } = "";

    /// <summary>How many additions a problem has, the levels of the task.</summary>
    [Range(1, 9)]
    public IReadOnlyList<int> Additions { get; init; } = [1, 2, 3, 4, 5, 6];

    /// <summary>Training problems, over all levels; those of a level that has few different ones come again.</summary>
    [Range(1, 1_000_000)]
    public int TrainingProblems { get; init; } = 20_000;

    /// <summary>Updates of each training.</summary>
    [Range(4, 1_000_000)]
    public int Steps { get; init; } = 100;

    /// <summary>The budget of the arm with one.</summary>
    [Range(1, 1_000_000)]
    public int SingleBudget { get; init; } = 24;

    /// <summary>Test problems, answered greedily.</summary>
    [Range(10, 1_000_000)]
    public int EvaluationProblems { get; init; } = 600;

    /// <summary>Training on a user's problems.</summary>
    public LanguageApplyConfig Apply { get; init; } = new();

    /// <inheritdoc/>
    public IEnumerable<string> Problems()
    {
        foreach (var problem in Method.Problems().Concat(WarmStart.Problems())) yield return problem;
        if (SingleBudget >= Method.MaximumTokens) yield return $"singleBudget = {SingleBudget} is not below method.maximumTokens = {Method.MaximumTokens}. Lower it.";
        if (Additions.Count < 3 || Additions.Distinct().Count() != Additions.Count) yield return $"additions = [{string.Join(", ", Additions)}] are not at least three levels, each once. Give such as [1, 2, 3, 4, 5, 6].";
    }
}
