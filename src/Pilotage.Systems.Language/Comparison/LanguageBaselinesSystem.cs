using Pilotage.Evaluation;
using Pilotage.Settings;
using Pilotage.Systems.Language.Apply;

namespace Pilotage.Systems.Language.Comparison;

/// <summary>The baselines of the language systems, beside the method of each.</summary>
public sealed class LanguageBaselinesSystem : ISystem
{
    /// <inheritdoc/>
    public SystemDescription Description { get; } = new(
        "language-baselines", "Baselines of language models trained from rewards, beside the methods of this bench", "arXiv:2402.03300 and others, see its README", "Language",
        "Trains a language model by the usual methods: which is good enough for your problems",
        [
            ("Decision", "the next token of an answer"),
            ("Baselines", "REINFORCE, REINFORCE++, RLOO, GRPO, Dr. GRPO, DAPO, GSPO, PPO with a value head"),
            ("Methods", "one of each language system, with its own defaults"),
            ("Same for all", "problems, seeds, warm start, answers of a step, updates, step size"),
            ("Task", "countdown of three numbers, the laboratory that the language systems share"),
        ],
        new Dictionary<Scale, double> { [Scale.Smoke] = 0.1, [Scale.Laptop] = 8, [Scale.Paper] = 60 },
        "A JSONL file of problems (prompt, answer, maybe a verifier), and maybe a folder of a Hugging Face model; the method as a setting (--set method=grpo)");

    /// <inheritdoc/>
    public SettingsSchema Settings => ComparisonConfig.Schema;

    /// <inheritdoc/>
    public IStudy CreateStudy(StudyRequest request) => ComparisonStudy.Create((ComparisonConfig)request.Settings, request.Scale, request.SeedCount);

    /// <inheritdoc/>
    public ApplyReport Apply(ApplyRequest request, IProgress<(double Share, string Text)>? progress, CancellationToken cancellation)
    {
        var config = (ComparisonConfig)request.Settings;
        return LanguageApplication.Run(config.Apply, request, parts => new BaselineLearners(config, parts.Batch).Make(config.Method, parts.Model, parts.Sampler, parts.Problems, parts.Seeds), progress, cancellation);
    }
}
