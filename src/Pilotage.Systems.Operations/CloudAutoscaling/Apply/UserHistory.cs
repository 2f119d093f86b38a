namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>A user's load history, read, checked and split.</summary>
/// <param name="Trace">The loads as they are, without rescaling, and their days by use.</param>
/// <param name="Model">The user's service.</param>
/// <param name="Notes">What was read and filled in.</param>
internal sealed record UserHistory(StudyTrace Trace, ServiceModel Model, IReadOnlyList<string> Notes)
{
    private const int LeastDays = 4;                     // two to train, one to choose, one to judge

    /// <summary>Reads a history.</summary>
    /// <param name="inputs">One path.</param>
    /// <param name="config">Service and shares.</param>
    /// <exception cref="UserMistakeException">File or settings cannot be used; holds all problems.</exception>
    public static UserHistory Read(IReadOnlyList<string> inputs, CloudAutoscalingConfig config)
    {
        if (inputs.Count != 1) throw new UserMistakeException($"{inputs.Count} input files were given; cloud-autoscaling takes one CSV file with the columns timestamp,requests.");
        var problems = new List<string>(config.Problems());
        TraceReading? reading = null;
        try
        {
            reading = TraceFile.Read(inputs[0], Path.GetFileNameWithoutExtension(inputs[0]));
        }
        catch (UserMistakeException mistake)
        {
            problems.AddRange(mistake.Problems);
        }
        problems.AddRange(config.Service.Problems(reading?.Workload.StepSeconds ?? 60));
        if (reading is not null && reading.Workload.Days.Count < LeastDays)
        {
            problems.Add($"{inputs[0]} holds {reading.Workload.Days.Count} whole day(s) in {reading.Workload.Loads.Length} steps; at least {LeastDays} are needed to train, choose and judge on different days. Give a longer history.");
        }
        UserMistakeException.ThrowIfAny(problems);

        var workload = reading!.Workload;
        var days = DaySplit.ByShares(workload.Days, config.TestShare, config.ValidationShare);
        var model = new ServiceModel(config.Service, workload.StepSeconds, workload.Mean(days.Training));
        return new(new(workload, days), model,
        [
            FormattableString.Invariant($"Read {workload.Loads.Length} steps of {workload.StepSeconds} s ({reading.TimeFormat}), {workload.Days.Count} whole days in {workload.Segments.Count} unbroken part(s); {reading.FilledSteps} missing steps were interpolated."),
            FormattableString.Invariant($"Tuned and trained on days 1-{days.Training.Count}, chosen on {days.Validation.Count} day(s) after them, judged on the last {days.Test.Count} day(s), which nothing had seen."),
            FormattableString.Invariant($"The mean load of the training days fills {workload.Mean(days.Training) / model.VmRequests:0.00} machines; a machine boots for {model.BootSteps} step(s)."),
        ]);
    }
}
