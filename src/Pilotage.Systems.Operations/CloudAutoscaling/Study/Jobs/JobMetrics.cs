using Pilotage.Evaluation;

namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>What the study measures on jobs, by name.</summary>
internal static class JobMetrics
{
    /// <summary>Return of a test job.</summary>
    public const string Return = "job_return";

    /// <summary>Mean return on the validation jobs; learners only.</summary>
    public const string ValidationReturn = "job_validation_return";

    /// <summary>Cost of a test job as a share of its cost on demand without idle time.</summary>
    public const string Cost = "job_cost_share";

    /// <summary>Whether a test job missed its deadline, 0 or 1.</summary>
    public const string Missed = "job_missed";

    private const string Instance = "jobs";              // of what is measured once for all jobs

    /// <summary>The table's columns.</summary>
    public static readonly IReadOnlyList<Metric> Table =
    [
        new(Return, "job: return", HigherIsBetter: true),
        new(Cost, "job: cost/on-demand cost", HigherIsBetter: false),
        new(Missed, "job: missed deadlines", HigherIsBetter: false),
        new("job_makespan", "job: makespan/allowed time", HigherIsBetter: false),
        new("job_interruptions", "job: interrupted tasks", HigherIsBetter: false),
        new("job_lost_share", "job: work lost", HigherIsBetter: false),
        new("job_training_missed", "job: missed while learning", HigherIsBetter: false),
        new("job_experience", "job: thousand steps simulated", HigherIsBetter: false),
    ];

    /// <summary>The figures of the test jobs as measurements.</summary>
    public static IEnumerable<Measurement> Of(IEnumerable<JobFigures> jobs) => jobs.SelectMany((job, i) => Of(job, JobWorld.PathOf(i)));

    /// <summary>What tuning or training took.</summary>
    /// <param name="steps">Steps simulated.</param>
    public static Measurement Experience(long steps) => new("job_experience", Instance, steps / 1000.0);

    /// <summary>Mean return on the validation jobs.</summary>
    public static Measurement Validation(double value) => new(ValidationReturn, Instance, value);

    /// <summary>Share of training jobs that missed their deadline.</summary>
    public static Measurement TrainingMissed(long ended, long missed) => new("job_training_missed", Instance, ended == 0 ? 0 : (double)missed / ended);

    private static IEnumerable<Measurement> Of(JobFigures job, string instance) =>
    [
        new(Return, instance, job.Return),
        new(Cost, instance, job.CostShare),
        new(Missed, instance, job.HasMissed ? 1 : 0),
        new("job_makespan", instance, job.MakespanShare),
        new("job_interruptions", instance, job.Interruptions),
        new("job_lost_share", instance, job.LostShare),
    ];
}
