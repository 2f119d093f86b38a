using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;
using Pilotage.Language.Models;
using Pilotage.Language.Tasks.Arithmetic;

namespace Pilotage.Systems.Language.TreePo;

/// <summary>GRPO and TreePO on chains of sums and differences, with and without trees.</summary>
internal sealed class TreePoStudy : IStudy
{
    private TreePoStudy(TreePoSystemConfig config, MiniLab.MiniLab lab, int seedCount) => (Arms, Claims, SeedCount) = (new StudyArms(lab, config).All(), StudyClaims.All(), seedCount);

    /// <inheritdoc/>
    public IReadOnlyList<Arm> Arms { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims { get; }

    /// <inheritdoc/>
    public int SeedCount { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Metrics => StudyMetrics.Table;

    /// <inheritdoc/>
    public string ReferenceArm => StudyArms.Grpo;

    /// <inheritdoc/>
    public IReadOnlyList<Plot> Plots(StudyOutcome outcome) => StudyPlots.All(outcome.Results);

    /// <summary>Shrinks the settings to the scale and makes the study.</summary>
    /// <param name="config">Settings.</param>
    /// <param name="scale">Smoke keeps a few steps; paper has three times as many.</param>
    /// <param name="seedCount">Training seeds; <see langword="null"/> for the scale's own.</param>
    /// <exception cref="UserMistakeException">Settings cannot be used.</exception>
    public static TreePoStudy Create(TreePoSystemConfig config, Scale scale, int? seedCount)
    {
        UserMistakeException.ThrowIfAny([.. config.Problems()]);
        var task = new StepsTask(new() { Operations = config.Operations });
        var shape = LanguageModelConfig.Nano(task.Tokenizer.VocabularySize) with { ContextLength = Math.Max(config.Context, 3 * (config.MostOperations + 1) + 1 + config.Learner.Tree.SegmentTokens * config.Learner.Tree.Depth) };
        var shrunk = config with { DecodedTokens = scale switch { Scale.Smoke => Math.Min(config.DecodedTokens, 2_000), Scale.Paper => 3 * config.DecodedTokens, _ => config.DecodedTokens } };
        return new(shrunk, new(task, config.Lab.At(scale), shape), seedCount ?? scale switch { Scale.Smoke => 1, Scale.Paper => 10, _ => 8 });
    }
}
