using Pilotage.Evaluation;
using Pilotage.Settings;
using Pilotage.Systems.Language.Apply;

namespace Pilotage.Systems.Language.Gbpo;

/// <summary>Bounded ratio reinforcement learning for sequences: GBPO, the group form of BPO.</summary>
public sealed class GbpoSystem : ISystem
{
    /// <inheritdoc/>
    public SystemDescription Description { get; } = new(
        "gbpo", "Bounded Ratio Reinforcement Learning (group form for sequences)", "arXiv:2604.18578", "Language",
        "How often a batch of answers may be learned from: GRPO with a derived target for each token's probability",
        [
            ("Learner", "ratio of each token regressed on 1 -+ epsilon by its answer's reward around the group's median, weighted by |A|"),
            ("Study", "one pass and eight over each batch, GRPO and GBPO at the same radius, on a generated task with a verifier"),
            ("Ablations", "mean for median; at paper scale loss TV, and GRPO at its usual radius"),
            ("Exact theory, control", "the system bpo: pilotage run bpo"),
            ("Settings", "learner.lowerRadius, upperRadius, temperature, useMedian, loss (atv, tv, kl), entropyWeight, referenceWeight; radius, epochs of the study"),
        ],
        new Dictionary<Scale, double> { [Scale.Smoke] = 0.1, [Scale.Laptop] = 4, [Scale.Paper] = 20 },
        LanguageApplication.Input);

    /// <inheritdoc/>
    public SettingsSchema Settings => GbpoSystemConfig.Schema;

    /// <inheritdoc/>
    public IStudy CreateStudy(StudyRequest request) => GbpoStudy.Create((GbpoSystemConfig)request.Settings, request.Scale, request.SeedCount);

    /// <inheritdoc/>
    public ApplyReport Apply(ApplyRequest request, IProgress<(double Share, string Text)>? progress, CancellationToken cancellation)
    {
        var config = (GbpoSystemConfig)request.Settings;
        UserMistakeException.ThrowIfAny([.. config.Problems()]);
        return LanguageApplication.Run(config.Apply, request, parts => new Gbpo(config.Learner with { Batch = parts.Batch }, parts.Model, parts.Sampler, parts.Problems, parts.Seeds), progress, cancellation);
    }
}
