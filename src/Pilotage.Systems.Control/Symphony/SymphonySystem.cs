using Pilotage.Evaluation;
using Pilotage.Settings;

namespace Pilotage.Systems.Control.Symphony;

/// <summary>Symphony: controllers trained from scratch with gentle motors.</summary>
public sealed class SymphonySystem : ISystem
{
    /// <inheritdoc/>
    public SystemDescription Description { get; } = new(
        "symphony", "Symphony: A Heuristic Normalized Calibrated Advantage Actor and Critic Algorithm in application for Humanoid Robots", "arXiv:2512.10477", "Control",
        "Trains motor controllers from scratch with bounded, learned and penalised action strength",
        [
            ("Decision", "a real number for each motor, at each step"),
            ("Actor", "tanh(S A + N): direction A, learned scale S, noise |N| at most 1"),
            ("Critics", "three networks of h/4 values each; sorted, lowest weigh most"),
            ("Loss", "one: critics' error, minus temporal advantage over a moving average, plus swaddling of S"),
            ("Replay", "exploration repeated until full, rewards in their mean size, then fading with age"),
            ("Variants", "S3 (the paper's), S2, SE, ED"),
            ("Compared", "SAC, TD3, the task's rule, no action, random actions; four ablations and doubled noise"),
            ("Tasks", "Pendulum-v1; with --data of MuJoCo models HalfCheetah-v4 (or Hopper-v4, Walker2d-v4, Humanoid-v4)"),
        ],
        new Dictionary<Scale, double> { [Scale.Smoke] = 0.1, [Scale.Laptop] = 5, [Scale.Paper] = 3000 },
        "A text file that names a registered environment with a box of actions; a folder of MuJoCo models where it needs them, and a state file of an earlier run to go on with it");

    /// <inheritdoc/>
    public SettingsSchema Settings => SymphonyStudyConfig.Schema;

    /// <inheritdoc/>
    public IStudy CreateStudy(StudyRequest request) => SymphonyStudy.Create((SymphonyStudyConfig)request.Settings, request.Scale, request.SeedCount, request.DataFolder, request.Device);

    /// <inheritdoc/>
    public ApplyReport Apply(ApplyRequest request, IProgress<(double Share, string Text)>? progress, CancellationToken cancellation) => SymphonyApplication.Run(request, progress, cancellation);
}
