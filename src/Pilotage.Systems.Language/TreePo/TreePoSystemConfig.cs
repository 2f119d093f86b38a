using System.ComponentModel.DataAnnotations;
using Pilotage.Language.Tasks.Arithmetic;
using Pilotage.Settings;
using Pilotage.Systems.Language.Apply;
using Pilotage.Systems.Language.MiniLab;

namespace Pilotage.Systems.Language.TreePo;

/// <summary>Settings of the system: the learner, and what the study compares.</summary>
[Settings]
public sealed partial record TreePoSystemConfig : ISettingsRules
{
    /// <summary>The method. In the study its batch is the laboratory's.</summary>
    public TreePoConfig Learner { get; init; } = new();

    /// <summary>The laboratory of the study: chains of sums and differences, a line a step.</summary>
    public MiniLabConfig Lab { get; init; } = new()
    {
        Steps = 40, EvaluationProblems = 200, EvaluationSamples = 8, CurveEvery = 10, CurveSamples = 1,
        Batch = new() { Prompts = 16, LearningRate = 3e-4 },
        WarmStart = new() { LowestSuccess = 0.25, HighestSuccess = 0.40 },
    };

    /// <summary>Fewest operations of a problem of the study.</summary>
    [Range(1, 16)]
    public int FewestOperations { get; init; } = 4;

    /// <summary>Most operations of a problem of the study; an answer has nine tokens for each and four more. With one alone there are too few problems.</summary>
    [Range(2, 16)]
    public int MostOperations { get; init; } = 4;

    /// <summary>Most children of the root in the arm with more divergence at the beginning.</summary>
    [Range(1, 4096)]
    public int MoreFirst { get; init; } = 4;

    /// <summary>Tokens that every arm may decode in training before it is looked at a second time: arms that decode fewer in a step make more steps. 0: as many steps as the laboratory's, and no second look.</summary>
    [Range(0L, 1_000_000_000_000L)]
    public long DecodedTokens { get; init; } = 260_000;

    /// <summary>Your model and problems. Its batch takes the place of the learner's; answers are as long as learner.tree allows.</summary>
    public LanguageApplyConfig Apply { get; init; } = new();

    /// <summary>Test problems of which a tree is shown after training on yours.</summary>
    [Range(1, 100_000)]
    public int TreesShown { get; init; } = 20;

    /// <summary>Operations of the study's problems.</summary>
    internal IReadOnlyList<int> Operations => [.. Enumerable.Range(FewestOperations, MostOperations - FewestOperations + 1)];

    /// <summary>Places that the study's model needs: the longest prompt, two digits and a sign for each number, and the longest answer.</summary>
    internal int Context => 3 * (MostOperations + 1) + 1 + new StepsTask(new() { Operations = Operations }).MaximumResponse;

    /// <inheritdoc/>
    public IEnumerable<string> Problems()
    {
        foreach (var problem in Learner.Problems()) yield return problem;
        if (FewestOperations > MostOperations) yield return $"fewestOperations = {FewestOperations} is above mostOperations = {MostOperations}. Give a range that is not empty.";
        if (MoreFirst > Learner.Tree.Leaves) yield return $"moreFirst = {MoreFirst} is above learner.tree.leaves = {Learner.Tree.Leaves}: a tree would begin with more paths than it may have leaves. Lower it.";
        if (MoreFirst < Learner.Tree.FewestFirst) yield return $"moreFirst = {MoreFirst} is below learner.tree.fewestFirst = {Learner.Tree.FewestFirst}. Raise it.";
    }
}
