using Pilotage.Evaluation;

namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>What the study measures, by name.</summary>
internal static class StudyMetrics
{
    /// <summary>Mean reward of a step of a test day.</summary>
    public const string Return = "return";

    /// <summary>The same over the cells that networks are trained on, which all arms but the blind ones share.</summary>
    public const string SharedReturn = "return_shared";

    /// <summary>Mean reward of a step on the validation days; learners only.</summary>
    public const string ValidationReturn = "validation_return";

    /// <summary>Violating minutes in the first three training days, while learning.</summary>
    public const string EarlyViolations = "early_violations";

    /// <summary>Training days until the greedy policy is within 5 % of its final reward.</summary>
    public const string DaysToFinal = "days_to_95";

    /// <summary>Share of training steps that violated the service level: what learning cost while it learned.</summary>
    public const string TrainingViolations = "training_violation_share";

    /// <summary>Thousands of simulated steps that went into a policy: candidates times training steps of a tuned rule, training steps of a learner.</summary>
    public const string Experience = "experience";

    /// <summary>As <see cref="Return"/> and <see cref="ValidationReturn"/>, on the cells whose violations weigh more.</summary>
    public const string HeavyReturn = "heavy_return", HeavyValidationReturn = "heavy_validation_return";

    /// <summary>The table's columns.</summary>
    public static readonly IReadOnlyList<Metric> Table =
    [
        new(Return, "reward/min", HigherIsBetter: true),
        new(SharedReturn, "reward/min where networks ran", HigherIsBetter: true),
        new("cost", "cost/day", HigherIsBetter: false),
        new("violation_share", "violating minutes", HigherIsBetter: false),
        new("request_violation_share", "violated requests", HigherIsBetter: false),
        new("mean_response", "mean response [s]", HigherIsBetter: false),
        new("p95_response", "p95 response [s]", HigherIsBetter: false),
        new("over_provisioning", "VMs over", HigherIsBetter: false),
        new("under_provisioning", "VMs under", HigherIsBetter: false),
        new("scaling_actions", "actions/day", HigherIsBetter: false),
        new("dropped_share", "dropped requests", HigherIsBetter: false),
        new(EarlyViolations, "violations, days 1-3", HigherIsBetter: false),
        new(TrainingViolations, "violating while learning", HigherIsBetter: false),
        new(DaysToFinal, "days to 95 %", HigherIsBetter: false),
        new(Experience, "thousand steps simulated", HigherIsBetter: false),
        new(HeavyReturn, "heavy violations: reward/min", HigherIsBetter: true),
        new("heavy_violation_share", "heavy violations: violating minutes", HigherIsBetter: false),
    ];

    /// <summary>What is kept of a heavier cell's measurements, under names of its own.</summary>
    public static IEnumerable<Measurement> Heavy(IEnumerable<Measurement> measured) =>
        measured.Where(m => m.Metric is Return or ValidationReturn or "violation_share").Select(m => m with { Metric = "heavy_" + m.Metric });

    /// <summary>What a training took and cost.</summary>
    /// <param name="instance">The cell.</param>
    /// <param name="steps">Steps lived.</param>
    /// <param name="violating">How many of them violated the service level.</param>
    public static IEnumerable<Measurement> OfTraining(string instance, long steps, long violating) =>
        [new(TrainingViolations, instance, (double)violating / steps), new(Experience, instance, steps / 1000.0)];

    /// <summary>A day's figures as measurements.</summary>
    public static IEnumerable<Measurement> Of(DayFigures day, string instance) =>
    [
        new(Return, instance, day.Return),
        new("cost", instance, day.Cost),
        new("violation_share", instance, day.ViolationShare),
        new("request_violation_share", instance, day.RequestViolationShare),
        new("mean_response", instance, day.MeanResponse),
        new("p95_response", instance, day.Response95),
        new("over_provisioning", instance, day.OverProvisioning),
        new("under_provisioning", instance, day.UnderProvisioning),
        new("scaling_actions", instance, day.ScalingActions),
        new("dropped_share", instance, day.DroppedShare),
    ];
}
