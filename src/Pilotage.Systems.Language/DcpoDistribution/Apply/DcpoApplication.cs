using Pilotage.Evaluation.Reports.Plots;
using Pilotage.Systems.Language.Apply;

namespace Pilotage.Systems.Language.DcpoDistribution;

/// <summary>Trains a user's model on a user's problems with the thermostat, and shows what it did.</summary>
internal static class DcpoApplication
{
    /// <summary>Trains, compares and writes the files.</summary>
    /// <param name="config">Valid settings.</param>
    /// <param name="request">The user's problems and where files go.</param>
    /// <param name="progress">Told the share done and what is being done.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="UserMistakeException">Data, model or settings cannot be used.</exception>
    public static ApplyReport Run(DcpoSystemConfig config, ApplyRequest request, IProgress<(double Share, string Text)>? progress, CancellationToken cancellation)
    {
        var report = LanguageApplication.Run(config.Apply, request, parts => new Dcpo(config.Dcpo with { Batch = parts.Batch }, parts.Model, parts.Sampler, parts.Problems, parts.Seeds), progress, cancellation);
        var record = new TrainingRecord(Path.Combine(request.OutputFolder, "metrics.jsonl"), long.MaxValue);
        var (steps, entropy) = record.Curve("entropy");
        var target = record.Curve("thermostat_target").Values;
        if (steps.Length == 0) return report;
        LineSeries Line(string name, string figure) => new(name, steps, record.Curve(figure).Values);
        var thermostat = new TimelinePlot("thermostat", "The entropy thermostat", new("iteration"),
        [
            new(new("entropy", "nats"), [new("H", steps, entropy), new("H0", steps, target) { IsReference = true }]),
            new(new("temperature T"), [Line("T", "thermostat_temperature") with { IsStepped = true }]),
            new(new("weight alpha"), [Line("alpha", "thermostat_weight")]),
            new(new("correct answers"), [Line("share", "correct_share")]),
        ]);
        var late = entropy[(entropy.Length / 2)..];
        var empty = record.Curve("correct_share").Values.Count(share => share == 0);
        List<string> notes =
        [
            .. report.Notes,
            FormattableString.Invariant($"Set point {target[^1]:0.000} nats; mean distance of the entropy from it over the second half {late.Average(value => Math.Abs(value - target[^1])):0.000} nats, at the end {entropy[^1]:0.000}."),
        ];
        if (empty > 0) notes.Add(FormattableString.Invariant($"In {empty} of {steps.Length} iterations no answer was correct: the thermostat had nothing to hold on to, and its weight was 0."));
        return report with { Plots = [thermostat, .. report.Plots], Notes = notes };
    }
}
