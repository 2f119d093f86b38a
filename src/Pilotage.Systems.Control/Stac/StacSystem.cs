using Pilotage.Evaluation;
using Pilotage.Settings;

namespace Pilotage.Systems.Control.Stac;

/// <summary>STAC: continuous control with one critic that knows its own noise.</summary>
public sealed class StacSystem : ISystem
{
    /// <inheritdoc/>
    public SystemDescription Description { get; } = new(
        "stac", "Stochastic Actor-Critic: Mitigating Overestimation via Temporal Aleatoric Uncertainty", "arXiv:2601.00737", "Control",
        "Real actions from one critic that knows its own noise: cheaper than twin critics, and a knob for risk",
        [
            ("Decision", "real numbers in a box"),
            ("Critic", "one Gaussian over the one-step target, trained by likelihood; its mean less beta deviations is what counts"),
            ("Actor", "squashed Gaussian with layer norm and dropout, temperature by wanted entropy"),
            ("Rules", "straight line and tangent detour (point mass), energy pump (Pendulum), gait (Hopper), random play"),
            ("Baselines", "SAC with two and with one critic, ESTAC; all with layer-normalised networks of the same size"),
            ("Tasks", "RiskyPointMass-v0, Pendulum-v1, and Hopper-v4 where MuJoCo and its models are there"),
            ("Probe", "signed value error: critic's mean less the discounted soft return that followed"),
        ],
        new Dictionary<Scale, double> { [Scale.Smoke] = 0.15, [Scale.Laptop] = 12, [Scale.Paper] = 20_000 },
        "The name of an environment with real actions (--input Pendulum-v1); beta, dropout, targetEntropy, hidden and steps as settings")
    { TakesNames = true };

    /// <inheritdoc/>
    public SettingsSchema Settings => StacConfig.Schema;

    /// <inheritdoc/>
    public IStudy CreateStudy(StudyRequest request) =>
        StacStudy.Create((StacConfig)request.Settings, request.Scale, request.SeedCount, StudyTasks.Models(request.DataFolder), request.Device);

    /// <inheritdoc/>
    public ApplyReport Apply(ApplyRequest request, IProgress<(double Share, string Text)>? progress, CancellationToken cancellation) =>
        StacApplication.Run(request, progress, cancellation);
}
