using Pilotage.Evaluation;
using Pilotage.Settings;

namespace Pilotage.Systems.Control.DatasetPerspective;

/// <summary>The dataset perspective: measure a fixed log before choosing what learns from it.</summary>
public sealed class DatasetPerspectiveSystem : ISystem
{
    /// <inheritdoc/>
    public SystemDescription Description { get; } = new(
        "dataset-perspective", "A Dataset Perspective on Offline Reinforcement Learning", "arXiv:2111.04714", "Control",
        "Which offline algorithm a fixed log of decisions can feed: by how good its trajectories are and how much they cover",
        [
            ("Decision", "one discrete choice; the study has 2 to 3 actions"),
            ("Measures", "TQ: mean return between random and best; SACo: distinct state-action pairs by those of the learner's replay"),
            ("Data", "random, mixed, replay, noisy, expert: five kinds from each run of an online DQN"),
            ("Learners", "BC; BVE, MCE; DQN, QR-DQN, REM; BCQ, CQL, CRR"),
            ("Score", "100 x (return - random) / (best online - random): mean of the last ten evaluations, and the best of all"),
            ("Baseline", "the behaviour itself: what the data earn"),
        ],
        new Dictionary<Scale, double> { [Scale.Smoke] = 0.1, [Scale.Laptop] = 10, [Scale.Paper] = 60 * 24 * 7 },
        "A file of transitions of one discrete choice (CSV, JSON lines, Parquet or HDF5: episode, step, state…, action, reward, end); returns of a random and of the best policy as settings, if known");

    /// <inheritdoc/>
    public SettingsSchema Settings => DatasetPerspectiveConfig.Schema;

    /// <inheritdoc/>
    public IStudy CreateStudy(StudyRequest request) =>
        DatasetPerspectiveStudy.Create((DatasetPerspectiveConfig)request.Settings, request.Scale, request.SeedCount, request.DataFolder, request.Device);

    /// <inheritdoc/>
    public ApplyReport Apply(ApplyRequest request, IProgress<(double Share, string Text)>? progress, CancellationToken cancellation) =>
        DatasetPerspectiveApplication.Run(request, progress, cancellation);
}
