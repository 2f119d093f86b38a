using Pilotage.Evaluation;
using Pilotage.Settings;
using Pilotage.Systems.Language.Apply;

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
            ("Countdown part", "a small transformer on arithmetic puzzles: GRPO, clip-higher, no constraint, fixed and ascended multiplier"),
            ("Replay part", "the same with half of the answers from the last four steps"),
            ("Control part", "CartPole-v1 and a pendulum that pays upright steps alone, beside PPO: --set parts=control"),
            ("Settings", "constraint.bound, initialMultiplier, multiplierRate, maximumMultiplier, scope (global, perAge); ratioLevel (token, sequence)"),
        ],
        new Dictionary<Scale, double> { [Scale.Smoke] = 0.5, [Scale.Laptop] = 6, [Scale.Paper] = 60 },
        "Names of environments in a .txt file, one a line (the bound beside PPO's clip); or " + LanguageApplication.Input);

    /// <inheritdoc/>
    public SettingsSchema Settings => R2vpoConfig.Schema;

    /// <inheritdoc/>
    public IStudy CreateStudy(StudyRequest request) => R2vpoStudy.Create((R2vpoConfig)request.Settings, request.Scale, request.SeedCount, request.Device);

    /// <inheritdoc/>
    public ApplyReport Apply(ApplyRequest request, IProgress<(double Share, string Text)>? progress, CancellationToken cancellation) =>
        R2vpoApplication.Run(request, progress, cancellation);
}
