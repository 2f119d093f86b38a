using Pilotage.Systems.Language.Apply;

namespace Pilotage.Systems.Language.LpReg;

/// <summary>Lp-Reg on a user's problems.</summary>
internal static class LpRegApplication
{
    /// <summary>Trains and reports; says so where the gate never had two tokens to choose from.</summary>
    /// <exception cref="UserMistakeException">Data, model or settings cannot be used.</exception>
    public static ApplyReport Run(LpRegSystemConfig config, ApplyRequest request, IProgress<(double Share, string Text)>? progress, CancellationToken cancellation)
    {
        UserMistakeException.ThrowIfAny([.. config.Problems()]);
        LpReg? learner = null;
        var report = LanguageApplication.Run(config.Apply, request, parts => learner = new(config.Method, parts.Batch, parts.Model, parts.Sampler, parts.Problems, parts.Seeds), progress, cancellation,
            (before, after, record) => ApplyWords.Plots(before, after, record, config.SparkWords));
        var share = learner!.Diagnostics.FirstOrDefault(figure => figure.Key == "protected_share").Value;
        var idle = learner.Diagnostics.FirstOrDefault(figure => figure.Key == "updates_without_protection").Value;
        string[] notes =
        [
            FormattableString.Invariant($"In the last iteration {share:P2} of the tokens were protected (method.share = {config.Method.Share}); metrics.jsonl has every iteration's."),
            .. idle > 0 ? new[] { "In the last iteration there were updates with too few negative tokens to protect any: raise method.share or apply.batch.prompts, or lower apply.batch.minibatches." } : [],
        ];
        return report with { Notes = [.. report.Notes, .. notes] };
    }
}
