namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>Jobs and a spot market for the study: a history of prices cut in time, and jobs to learn on, to choose on and to judge on.</summary>
/// <param name="Past">The market of the training and validation jobs.</param>
/// <param name="Future">The market of the test jobs: the days after.</param>
/// <param name="Training">For tuning and learning.</param>
/// <param name="Validation">For choosing.</param>
/// <param name="Test">For the final figures only.</param>
internal sealed record JobWorld(JobModel Past, JobModel Future, IReadOnlyList<JobCase> Training, IReadOnlyList<JobCase> Validation, IReadOnlyList<JobCase> Test)
{
    private const double DaySeconds = 86_400;

    /// <summary>Draws a world.</summary>
    /// <param name="settings">What can be rented, and the market.</param>
    /// <param name="seeds">The only source of randomness.</param>
    /// <param name="isSmall">Whether a tenth of the jobs will do.</param>
    public static JobWorld Draw(JobSettings settings, SeedTree seeds, bool isSmall)
    {
        const int PastDays = 28, FutureDays = 12, TrainingJobs = 100, ValidationJobs = 30, TestJobs = 40;
        var day = Math.Max(1, (int)(DaySeconds / settings.StepSeconds));
        var history = SpotMarket.Draw(settings, (PastDays + FutureDays) * day, seeds.Branch("market"));
        var (past, future) = (new JobModel(settings, history.Slice(0, PastDays * day)), new JobModel(settings, history.Slice(PastDays * day, FutureDays * day)));
        var share = isSmall ? 10 : 1;
        return new(
            past, future, JobGenerator.Draw(past, TrainingJobs / share, seeds.Branch("training")), JobGenerator.Draw(past, ValidationJobs / share, seeds.Branch("validation")),
            JobGenerator.Draw(future, TestJobs / share, seeds.Branch("test")));
    }

    /// <summary>Instance path of a test job: <c>jobs/7</c>.</summary>
    public static string PathOf(int test) => FormattableString.Invariant($"jobs/{test}");
}
