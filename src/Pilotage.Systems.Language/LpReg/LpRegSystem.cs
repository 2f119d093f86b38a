using Pilotage.Evaluation;
using Pilotage.Settings;
using Pilotage.Systems.Language.Apply;
using Pilotage.Systems.Language.LpReg.Study;

namespace Pilotage.Systems.Language.LpReg;

/// <summary>Low-probability regularisation: keeps rare useful tokens alive in long runs of learning from verified answers.</summary>
public sealed class LpRegSystem : ISystem
{
    /// <inheritdoc/>
    public SystemDescription Description { get; } = new(
        "lp-reg", "Low-probability Tokens Sustain Exploration in Reinforcement Learning with Verifiable Reward", "arXiv:2510.03222", "Language",
        "Which rare tokens of wrong answers to leave alone, so that a policy keeps its ways out of a dead end",
        [
            ("Task", "countdown with 'wait', which begins anew, and twelve words without meaning; both rare in the demonstrations"),
            ("Learner", "GRPO with a proxy distribution (min-p) and a gated divergence; the released code's form and the paper's"),
            ("Baselines", "GRPO, entropy bonus, clip-higher; KL-Cov and 80/20 at paper scale"),
            ("Ablations", "no noise filter; paper scale: the paper's form, reverse divergence, fixed threshold"),
            ("Measured", "probability of 'wait' where it is useful, of words without meaning, entropy, pass@k, protected tokens"),
            ("Settings", "method.kappa, share (rho), weight (beta), highestRatio (U), form, filter, divergence"),
        ],
        new Dictionary<Scale, double> { [Scale.Smoke] = 0.2, [Scale.Laptop] = 12, [Scale.Paper] = 300 },
        LanguageApplication.Input);

    /// <inheritdoc/>
    public SettingsSchema Settings => LpRegSystemConfig.Schema;

    /// <inheritdoc/>
    public IStudy CreateStudy(StudyRequest request) => LpRegStudy.Create((LpRegSystemConfig)request.Settings, request.Scale, request.SeedCount);

    /// <inheritdoc/>
    public ApplyReport Apply(ApplyRequest request, IProgress<(double Share, string Text)>? progress, CancellationToken cancellation) =>
        LpRegApplication.Run((LpRegSystemConfig)request.Settings, request, progress, cancellation);
}
