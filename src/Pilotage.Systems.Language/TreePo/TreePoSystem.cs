using Pilotage.Evaluation;
using Pilotage.Settings;
using Pilotage.Systems.Language.Apply;

namespace Pilotage.Systems.Language.TreePo;

/// <summary>TreePO: tree-structured answers and the credit that they give.</summary>
public sealed class TreePoSystem : ISystem
{
    /// <inheritdoc/>
    public SystemDescription Description { get; } = new(
        "treepo", "TreePO: Bridging the Gap of Policy Optimization and Efficacy and Inference Efficiency with Heuristic Tree-based Modeling", "arXiv:2508.17445", "Language",
        "Where answers to a problem part: shared beginnings are decoded once and compared with each other",
        [
            ("Sampler", "answers grow as a tree of segments; active paths fork within a budget, early stops pass theirs on, and a finished path is cut and grown again where none is active"),
            ("Credit", "a leaf's reward less the mean of those that share an ancestor, averaged over depths; whitened over the batch"),
            ("Study", "GRPO with independent answers and with trees, TreePO average, size-weighted and with more paths at the beginning, at equal updates and at equal decoded tokens"),
            ("Settings", "learner.tree.segmentTokens, depth, leaves, branching, fewestFirst, mostFirst, policy, fallback; learner.advantage, scale; lab.steps, lab.batch"),
        ],
        new Dictionary<Scale, double> { [Scale.Smoke] = 0.1, [Scale.Laptop] = 4, [Scale.Paper] = 60 },
        LanguageApplication.Input);

    /// <inheritdoc/>
    public SettingsSchema Settings => TreePoSystemConfig.Schema;

    /// <inheritdoc/>
    public IStudy CreateStudy(StudyRequest request) => TreePoStudy.Create((TreePoSystemConfig)request.Settings, request.Scale, request.SeedCount);

    /// <inheritdoc/>
    public ApplyReport Apply(ApplyRequest request, IProgress<(double Share, string Text)>? progress, CancellationToken cancellation) =>
        TreePoApplication.Run(request, progress, cancellation);
}
