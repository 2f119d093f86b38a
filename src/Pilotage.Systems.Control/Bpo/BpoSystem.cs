using Pilotage.Evaluation;
using Pilotage.Settings;

namespace Pilotage.Systems.Control.Bpo;

/// <summary>Bounded ratio reinforcement learning: a derived target for each probability in the place of a clipped objective.</summary>
public sealed class BpoSystem : ISystem
{
    /// <inheritdoc/>
    public SystemDescription Description { get; } = new(
        "bpo", "Bounded Ratio Reinforcement Learning", "arXiv:2604.18578", "Control",
        "How far to move each action's probability in one update: to the end of a band, up or down by the median",
        [
            ("Exact study", "500 random processes, 50 updates each: the improvement identity, monotone improvement, the bound"),
            ("Control study", "CartPole-v1, Pendulum-v1; paper scale adds Hopper-v4 (MuJoCo)"),
            ("Learner", "PPO's loop; ratio regressed on 1 +- epsilon, weighted by |A|; median head on the critic"),
            ("Baselines", "PPO-clip at 0.2 and at the same radius, rules of thumb, random actions"),
            ("Ablations", "mean for median, loss TV and KL, temperatures 0.1 and 10, scaled rewards"),
            ("Groups of answers", "the system gbpo: pilotage run gbpo"),
            ("Settings", "learner.lowerRadius, upperRadius, temperature, useMedian, medianScale, loss (atv, tv, kl), advantage (online, gae)"),
        ],
        new Dictionary<Scale, double> { [Scale.Smoke] = 0.1, [Scale.Laptop] = 9, [Scale.Paper] = 2400 },
        "A text file that names registered environments, one a line; BPO and PPO are trained on each and compared");

    /// <inheritdoc/>
    public SettingsSchema Settings => BpoSystemConfig.Schema;

    /// <inheritdoc/>
    public IStudy CreateStudy(StudyRequest request) => BpoStudy.Create((BpoSystemConfig)request.Settings, request.Scale, request.SeedCount, request.DataFolder, request.Device);

    /// <inheritdoc/>
    public ApplyReport Apply(ApplyRequest request, IProgress<(double Share, string Text)>? progress, CancellationToken cancellation) =>
        BpoApplication.Run(request, progress, cancellation);
}
