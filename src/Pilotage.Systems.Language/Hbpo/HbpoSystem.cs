using Pilotage.Evaluation;
using Pilotage.Settings;

namespace Pilotage.Systems.Language.Hbpo;

/// <summary>HBPO: few tokens for easy problems, many for hard ones.</summary>
public sealed class HbpoSystem : ISystem
{
    /// <inheritdoc/>
    public SystemDescription Description { get; } = new(
        "hbpo", "Hierarchical Budget Policy Optimization for Adaptive Reasoning", "arXiv:2507.15844", "Language",
        "How long to answer: few tokens for easy problems, many for hard ones, learned under several budgets at once",
        [
            ("Decision", "the next token of an answer, up to a limit"),
            ("Rollouts", "answers to a problem in subgroups, each told another budget in words"),
            ("Reward", "a correct answer: flat within its budget, falling beyond it, less for larger budgets"),
            ("Advantage", "subgroup's mean less its budget's worth, plus the reward standardised over all answers"),
            ("Objective", "clipped ratio (0.2, 0.28), token mean"),
            ("Compared", "the start, GRPO on 0/1, on the cosine and on a price per token, one and two budgets, no first term"),
            ("Task", "1 to 6 additions modulo 10 with as long a trace as the answer likes; greedy, no budget told"),
        ],
        new Dictionary<Scale, double> { [Scale.Smoke] = 0.1, [Scale.Laptop] = 12, [Scale.Paper] = 600 },
        "A JSONL file of problems (prompt, answer, maybe a verifier), and a folder of a Hugging Face model if one of ours will not do; budgets, the most tokens, and how a budget is told as settings");

    /// <inheritdoc/>
    public SettingsSchema Settings => HbpoStudyConfig.Schema;

    /// <inheritdoc/>
    public IStudy CreateStudy(StudyRequest request) => HbpoStudy.Create((HbpoStudyConfig)request.Settings, request.Scale, request.SeedCount);

    /// <inheritdoc/>
    public ApplyReport Apply(ApplyRequest request, IProgress<(double Share, string Text)>? progress, CancellationToken cancellation) => HbpoApplication.Run(request, progress, cancellation);
}
