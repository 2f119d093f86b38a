using Pilotage.Evaluation;
using Pilotage.Settings;

namespace Pilotage.Systems.Governance.Ofs;

/// <summary>Optimistic feasible search: one cut-off for two groups, learned from the decisions it makes, with few violations of parity on the way.</summary>
public sealed class OfsSystem : ISystem
{
    /// <inheritdoc/>
    public SystemDescription Description { get; } = new(
        "ofs", "Optimistic Feasible Search for Closed-Loop Fair Threshold Decision-Making", "arXiv:2512.22313", "Governance",
        "Which cut-off to use on a score when two groups must be accepted alike and decisions change who applies",
        [
            ("Decision", "one threshold of a grid each round, for a batch of applicants"),
            ("Feedback", "of the chosen threshold alone: mean utility, acceptance rates of both groups"),
            ("Constraints", "demographic parity within epsilon; maybe a least acceptance rate"),
            ("World", "the share of a group among arrivals follows the gap between acceptance rates"),
            ("Rules", "break-even score; OFS, with and without window; UCB, primal-dual, epsilon-greedy, pessimistic, random feasible; the oracle"),
            ("Data", "uniform and logit-normal scores; German Credit and COMPAS by --data"),
        ],
        new Dictionary<Scale, double> { [Scale.Smoke] = 0.1, [Scale.Laptop] = 3, [Scale.Paper] = 10 },
        "People (CSV score,outcome,group; without a score the other columns become one by logistic regression), utilities, constraints, grid, strength of the feedback and the threshold in use as settings");

    /// <inheritdoc/>
    public SettingsSchema Settings => OfsConfig.Schema;

    /// <inheritdoc/>
    public IStudy CreateStudy(StudyRequest request) => OfsStudy.Create((OfsConfig)request.Settings, request.Scale, request.SeedCount, request.DataFolder);

    /// <inheritdoc/>
    public ApplyReport Apply(ApplyRequest request, IProgress<(double Share, string Text)>? progress, CancellationToken cancellation) => OfsApplication.Run(request, progress, cancellation);
}
