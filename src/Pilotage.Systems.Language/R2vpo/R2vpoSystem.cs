using Pilotage.Evaluation;
using Pilotage.Settings;

namespace Pilotage.Systems.Language.R2vpo;

/// <summary>Ratio-variance regularised policy optimisation: a bound on the variance of the ratio in the place of the clip.</summary>
public sealed class R2vpoSystem : ISystem
{
    /// <inheritdoc/>
    public SystemDescription Description { get; } = new(
        "r2vpo", "Ratio-Variance Regularized Policy Optimization for Efficient LLM Fine-tuning", "arXiv:2601.03320", "Language",
        "How far one update moves a policy: as far as the variance of its ratio stays within a bound, found by dual ascent",
        [
            ("Exact part", "500 random decisions: constrained optimum, dual ascent, the clip's optimum"),
            ("Rare part", "one right string in a thousand, five rules at four step sizes, 20 searches each"),
            ("Control part", "CartPole-v1 and a pendulum that pays upright steps alone, beside PPO: --set parts=control"),
            ("Settings", "constraint.bound, initialMultiplier, multiplierRate, maximumMultiplier, scope (global, perAge)"),
        ],
        new Dictionary<Scale, double> { [Scale.Smoke] = 0.1, [Scale.Laptop] = 2, [Scale.Paper] = 60 },
        "A text file that names registered environments, one a line; the bound and PPO's clip are trained on each and compared");

    /// <inheritdoc/>
    public SettingsSchema Settings => R2vpoConfig.Schema;

    /// <inheritdoc/>
    public IStudy CreateStudy(StudyRequest request) => R2vpoStudy.Create((R2vpoConfig)request.Settings, request.Scale, request.SeedCount, request.Device);

    /// <inheritdoc/>
    public ApplyReport Apply(ApplyRequest request, IProgress<(double Share, string Text)>? progress, CancellationToken cancellation) =>
        R2vpoControlApplication.Run(request, progress, cancellation);
}
