using System.ComponentModel.DataAnnotations;
using Pilotage.Settings;
using Pilotage.Systems.Language.Apply;
using Pilotage.Systems.Language.LpReg.Spark;
using Pilotage.Systems.Language.MiniLab;

namespace Pilotage.Systems.Language.LpReg;

/// <summary>Settings of the system: the method, what the study compares, and what apply trains.</summary>
[Settings]
public sealed partial record LpRegSystemConfig : ISettingsRules
{
    /// <summary>The method.</summary>
    public LpRegConfig Method { get; init; } = new();

    /// <summary>The laboratory of the study. Forty steps: what happens to rare words has happened by then.</summary>
    public MiniLabConfig Lab { get; init; } = new() { Steps = 40 };

    /// <summary>How rare the rare words of the study's demonstrations are.</summary>
    public SparkSettings Spark { get; init; } = new();

    /// <summary>Study: share of tokens that may be protected. More than the method's own, since an update of the laboratory has hundreds of tokens where the paper's has millions.</summary>
    [Range(0.0, 1.0)]
    public double StudyShare { get; init; } = 0.05;

    /// <summary>Study: updates of a step in the arms that are off policy. The paper has 8.</summary>
    [Range(2, 65536)]
    public int StudyMinibatches { get; init; } = 4;

    /// <summary>Study: weight of the entropy bonus of the arm that has one.</summary>
    [Range(0.0, 1e3)]
    public double EntropyWeight { get; init; } = 0.003;

    /// <summary>Apply: rare words whose use is shown before and after.</summary>
    public IReadOnlyList<string> SparkWords { get; init; } = ["wait", "however", "perhaps", "alternatively", "but"];

    /// <summary>How the method is applied to a user's problems.</summary>
    public LanguageApplyConfig Apply { get; init; } = new() { Batch = new() { Minibatches = 4 } };

    /// <inheritdoc/>
    public IEnumerable<string> Problems() => Method.ProblemsWith(Apply.Batch);
}
