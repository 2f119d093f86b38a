using Pilotage.Evaluation;
using Pilotage.Settings;

namespace Pilotage.Systems.Governance.DelayedRepression;

/// <summary>Delayed repression: whether the lag of a regulator alone makes a population unstable that would be at rest without it.</summary>
public sealed class DelayedRepressionSystem : ISystem, IMeasurable
{
    /// <inheritdoc/>
    public SystemDescription Description { get; } = new(
        "delayed-repression", "Delayed Repression and Emergent Instability in Adaptive Multi-Agent Systems", "arXiv:2605.30392", "Governance",
        "How late and how sharp a regulator may answer before its lag makes adaptive agents unstable",
        [
            ("Decision", "agents: legal, moderate or radical activity each step; the regulator: how strongly to answer an alarm that is some steps old"),
            ("Feedback loop", "delayed replicator equation: critical delay, crossing speed and direction of its Hopf bifurcation in closed form, and measured with an error-controlled solver"),
            ("Society", "240 agents on a directed modular, random or scale-free graph; influence, detectability and costs differ"),
            ("Agents", "fixed (null), reactive rules, Q-learning"),
            ("Regulators", "static logistic response; Q-learning"),
            ("Verdicts", "runaway by the whole run (the paper's tables) and by its second half (the paper's text), with Wilson intervals"),
        ],
        new Dictionary<Scale, double> { [Scale.Smoke] = 0.1, [Scale.Laptop] = 1, [Scale.Paper] = 4 },
        "Feedback loops (CSV a,C,k,x_c and maybe delay,name), or a graph of who influences whom (CSV src,dst and maybe weight); payoffs, response and today's delay as settings");

    /// <inheritdoc/>
    public SpeedGroup Speed => SocietySpeed.Group;

    /// <inheritdoc/>
    public SettingsSchema Settings => DelayedRepressionConfig.Schema;

    /// <inheritdoc/>
    public IStudy CreateStudy(StudyRequest request) => DelayedRepressionStudy.Create((DelayedRepressionConfig)request.Settings, request.Scale, request.SeedCount);

    /// <inheritdoc/>
    public ApplyReport Apply(ApplyRequest request, IProgress<(double Share, string Text)>? progress, CancellationToken cancellation) =>
        LoopApplication.Accepts(request.Inputs) ? LoopApplication.Run(request) : SocietyApplication.Run(request, progress, cancellation);
}
