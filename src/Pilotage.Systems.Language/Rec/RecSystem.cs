using Pilotage.Evaluation;
using Pilotage.Settings;

namespace Pilotage.Systems.Language.Rec;

/// <summary>REC: group-relative REINFORCE as an off-policy method, with its relatives.</summary>
public sealed class RecSystem : ISystem
{
    /// <inheritdoc/>
    public SystemDescription Description { get; } = new(
        "rec", "Group-Relative REINFORCE Is Secretly an Off-Policy Algorithm", "arXiv:2509.24203", "Language",
        "Trains a language model on answers that an older policy, a log or an expert gave",
        [
            ("Decision", "the next token of an answer"),
            ("Data", "groups of answers to a problem from any policy, fresh, lagging or logged"),
            ("Advantage", "reward less the group's mean; no importance weights are needed"),
            ("Objective", "-w A log pi M + reg: mask, weight and regulariser composed"),
            ("Members", "REINFORCE, GRPO, REC one-side, two-side, ring, GSPO; OPMD, AsymRE; RED-Drop, RED-Weight; TOPR"),
            ("Compared", "members under lag (10 + 10 steps) and on policy; exact limits of a three-arm bandit"),
            ("Task", "countdown of three numbers, the laboratory that the language systems share"),
        ],
        new Dictionary<Scale, double> { [Scale.Smoke] = 0.1, [Scale.Laptop] = 8, [Scale.Paper] = 300 },
        "A JSONL file of problems (prompt, answer, maybe a verifier), and maybe a folder of a Hugging Face model; answers with rewards from a log (--set logged=FILE)");

    /// <inheritdoc/>
    public SettingsSchema Settings => RecConfig.Schema;

    /// <inheritdoc/>
    public IStudy CreateStudy(StudyRequest request) => RecStudy.Create((RecConfig)request.Settings, request.Scale, request.SeedCount);

    /// <inheritdoc/>
    public ApplyReport Apply(ApplyRequest request, IProgress<(double Share, string Text)>? progress, CancellationToken cancellation) => RecApplication.Run(request, progress, cancellation);
}
