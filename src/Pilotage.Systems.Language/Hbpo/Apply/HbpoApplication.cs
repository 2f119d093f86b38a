using Pilotage.Language.Generation;
using Pilotage.Systems.Language.Apply;

namespace Pilotage.Systems.Language.Hbpo;

/// <summary>HBPO on a user's problems.</summary>
internal static class HbpoApplication
{
    /// <summary>Trains and compares; see <see cref="LanguageApplication.Run"/>.</summary>
    public static ApplyReport Run(ApplyRequest request, IProgress<(double Share, string Text)>? progress, CancellationToken cancellation)
    {
        var config = (HbpoStudyConfig)request.Settings;
        Check(config.Method with { Batch = config.Apply.Batch, MaximumTokens = config.Apply.MaximumResponse ?? int.MaxValue });
        var report = LanguageApplication.Run(config.Apply, request, parts =>
        {
            var method = Fitting(config, parts);
            var sampler = new BudgetSampler(new Generator(parts.Model), parts.Task, parts.Tokenizer, parts.Sampler.Sampling, parts.Sampler.MaximumTokens, new(method.BudgetText));
            return new Hbpo(method, parts.Model, sampler, parts.Problems, parts.Seeds);
        }, progress, cancellation,
            // No tokenizer makes more tokens than there are characters.
            given: config.Method.Budgets.Max(budget => new BudgetText(config.Method.BudgetText).Of(budget).Length));
        return report with { Plots = [.. report.Plots, HbpoPlots.Rewards(config.Method)] };
    }

    /// <summary>The method with the application's batch and lengths.</summary>
    /// <exception cref="UserMistakeException">PIL1890: budgets do not fit the longest answer; PIL1891: the model has no tokens for a budget.</exception>
    internal static HbpoConfig Fitting(HbpoStudyConfig config, LanguageParts parts)
    {
        var method = config.Method with { Batch = parts.Batch, MaximumTokens = parts.Sampler.MaximumTokens };
        Check(method);
        try
        {
            foreach (var budget in method.Budgets) parts.Tokenizer.Encode(new BudgetText(method.BudgetText).Of(budget));
        }
        catch (ArgumentException unknown)
        {
            throw new UserMistakeException(new Mistake("PIL1891", $"The model has no tokens for the budget's text \"{new BudgetText(method.BudgetText).Of(method.Budgets[0])}\": {unknown.Message.Split(" (Parameter")[0]}", "", "Give a text in the data's characters, or a model that reads it: --set method.budgetText=TEXT.").ToString());
        }
        return method;
    }

    private static void Check(HbpoConfig method) => UserMistakeException.ThrowIfAny(
        [.. method.Problems().Select(problem => new Mistake("PIL1890", problem, "", "In apply the batch is apply.batch, and maximumTokens is apply.maximumResponse.").ToString())]);
}
