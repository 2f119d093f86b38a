using Pilotage.Systems.Language.Apply;

namespace Pilotage.Systems.Language.R2vpo;

/// <summary>Sends a user's input to what serves it: names of environments to control, problems to sequences.</summary>
internal static class R2vpoApplication
{
    /// <summary>Trains and compares.</summary>
    /// <param name="request">Files, settings and folder.</param>
    /// <param name="progress">Told what is being done.</param>
    /// <param name="cancellation">Stops between two iterations.</param>
    /// <exception cref="UserMistakeException">Input or settings cannot be used.</exception>
    public static ApplyReport Run(ApplyRequest request, IProgress<(double Share, string Text)>? progress, CancellationToken cancellation)
    {
        if (request.Inputs.All(path => path.EndsWith(".txt", StringComparison.OrdinalIgnoreCase))) return R2vpoControlApplication.Run(request, progress, cancellation);
        var config = (R2vpoConfig)request.Settings;
        UserMistakeException.ThrowIfAny([.. config.Problems()]);
        R2vpo? learner = null;
        var report = LanguageApplication.Run(config.Apply, request, parts => learner = new R2vpo(
            new() { Batch = parts.Batch, Constraint = config.Constraint, Replay = config.ApplyReplay, RatioLevel = config.RatioLevel }, parts.Model, parts.Sampler, parts.Problems, parts.Seeds), progress, cancellation);
        return report with { Notes = [.. report.Notes, .. Warnings(config, learner)] };
    }

    private static IEnumerable<string> Warnings(R2vpoConfig config, R2vpo? learner)
    {
        if (config.Constraint is { InitialMultiplier: 0, MultiplierRate: 0 })
            yield return "The multiplier is 0 and stays there: importance weighting without any bound. Set constraint.multiplierRate above 0.";
        if (config.Apply.Batch is { Epochs: 1, Minibatches: 1 } && config.ApplyReplay.Share == 0)
            yield return "One update a step from fresh answers: ratios stay 1, and the bound has nothing to do. Set apply.batch.epochs or apply.batch.minibatches above 1.";
        if (learner is null) yield break;
        if (learner.Multipliers.Any(multiplier => multiplier >= 0.99 * config.Constraint.MaximumMultiplier))
            yield return FormattableString.Invariant($"The multiplier ended within a hundredth of its maximum of {config.Constraint.MaximumMultiplier}: the bound cannot be held at this learning rate. Lower apply.batch.learningRate, or raise constraint.bound.");
        double Figure(string name) => learner.Diagnostics.FirstOrDefault(figure => figure.Key == name).Value;
        if (Figure("robust_variance") < 0.5 * Figure("constrained_variance"))
            yield return FormattableString.Invariant($"In the last step a few tokens made most of the ratio's variance: {Figure("constrained_variance"):0.###} with them, {Figure("robust_variance"):0.###} with ratios held to 10; the largest was {Figure("largest_ratio"):0.#}.");
    }
}
