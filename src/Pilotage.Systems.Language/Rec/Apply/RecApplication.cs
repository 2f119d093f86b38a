using Pilotage.Language.Groups;
using Pilotage.Systems.Language.Apply;

namespace Pilotage.Systems.Language.Rec;

/// <summary>A member of the family on a user's problems, with weights that lag or on answers that were logged.</summary>
internal static class RecApplication
{
    /// <summary>Trains and compares; see <see cref="LanguageApplication.Run"/>.</summary>
    public static ApplyReport Run(ApplyRequest request, IProgress<(double Share, string Text)>? progress, CancellationToken cancellation)
    {
        var config = (RecConfig)request.Settings;
        UserMistakeException.ThrowIfAny([.. config.Objective.Problems()]);
        Rec? learner = null;
        var report = LanguageApplication.Run(config.Apply, request, parts => learner = Make(config, parts), progress, cancellation);
        return report with
        {
            Notes = [.. report.Notes, Described(config)],
            Plots = [.. report.Plots, RecPlots.Histogram(learner!.Ratios), RecPlots.Heat("yours", config.Objective)],
        };
    }

    /// <summary>The learner of a user's settings.</summary>
    internal static Rec Make(RecConfig config, LanguageParts parts)
    {
        IGroupSource source;
        if (config.Logged.Length > 0)
        {
            source = new LoggedSource(LoggedAnswers.Read(config.Logged, parts.Tokenizer), parts.Batch.Prompts, parts.Seeds.Shuffle);
        }
        else
        {
            var policy = new LaggedPolicy(parts.Model, new(config.ApplySyncInterval, config.ApplySyncOffset), parts.Seeds);
            source = new LaggedSource(policy, parts.SamplerOf(policy.Model), parts.Problems, parts.Batch, parts.Seeds);
        }
        return new(config.Objective, parts.Batch, parts.Model, source, parts.Sampler.Sampling.Temperature, parts.Seeds);
    }

    private static string Described(RecConfig config) => config.Logged.Length > 0 ? $"Learned from the answers in {config.Logged} alone (offline)."
        : new LagSchedule(config.ApplySyncInterval, config.ApplySyncOffset) == LagSchedule.OnPolicy ? "Answers were drawn by the newest weights."
        : FormattableString.Invariant($"Answers were drawn by weights that are refreshed every {config.ApplySyncInterval} iterations, {config.ApplySyncOffset} late.");
}
