using Pilotage.Evaluation;
using Pilotage.Settings;
using Pilotage.Systems.Language.Apply;

namespace Pilotage.Systems.Language.DcpoDistribution;

/// <summary>Distribution-centric policy optimisation: group-relative training that holds the entropy at a set point.</summary>
public sealed class DcpoDistributionSystem : ISystem
{
    /// <inheritdoc/>
    public SystemDescription Description { get; } = new(
        "dcpo-distribution", "DCPO: Distribution-Centric Policy Optimization Dominates Exploration-Exploitation Trade-off", "arXiv:2601.12730", "Language",
        "How random a policy stays while it is trained on right and wrong: an entropy thermostat for GRPO",
        [
            ("Exact study", "softmax bandits of 20 actions moved along the expected update, from above the set point and from below"),
            ("Method", "a virtual distribution at another temperature weighs correct answers by importance; switched and scaled by the distance from the set point"),
            ("Training study", "a small model on a generated task with a verifier, at three set points"),
            ("Baselines", "GRPO, AEPO, an entropy bonus in the loss, an entropy bonus on the advantage"),
            ("Ablations", "without the ratio, a stronger thermostat; bandits: advantages of an infinite group, a start on one action"),
            ("Settings", "dcpo.targetEntropy or targetFraction, hotTemperature, coldTemperature, largestError, entropyEstimator (sampled, exact), ratioCap"),
        ],
        new Dictionary<Scale, double> { [Scale.Smoke] = 0.1, [Scale.Laptop] = 6, [Scale.Paper] = 20 },
        LanguageApplication.Input);

    /// <inheritdoc/>
    public SettingsSchema Settings => DcpoSystemConfig.Schema;

    /// <inheritdoc/>
    public IStudy CreateStudy(StudyRequest request) => DcpoStudy.Create((DcpoSystemConfig)request.Settings, request.Scale, request.SeedCount);

    /// <inheritdoc/>
    public ApplyReport Apply(ApplyRequest request, IProgress<(double Share, string Text)>? progress, CancellationToken cancellation)
    {
        var config = (DcpoSystemConfig)request.Settings;
        UserMistakeException.ThrowIfAny([.. config.Problems()]);
        return DcpoApplication.Run(config, request, progress, cancellation);
    }
}
