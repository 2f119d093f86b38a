using Pilotage.Evaluation;
using Pilotage.Policies;

namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>One trace under one boot delay: where every arm is tuned or trained on the same days and measured on the same test days.</summary>
internal sealed class StudyCell
{
    public StudyCell(StudyTrace trace, ServiceSettings settings, int delay)
    {
        (Trace, Delay) = (trace, delay);
        Model = new(settings with { BootSeconds = delay * trace.Workload.StepSeconds }, trace.Workload.StepSeconds, trace.Workload.Mean(trace.Days.Training));
        RuleLayout = new(delay, ShowsRow: true);
        HighLoad = trace.Workload.Percentile(trace.Days.Training, 0.99);
    }

    /// <summary>The same cell where a violating step costs more: its measurements have names of their own.</summary>
    /// <param name="weight">w_v.</param>
    public StudyCell Heavier(double weight) => new(Trace, Model.Settings with { ViolationWeight = weight }, Delay) { IsHeavy = true };

    /// <summary>Whether violations weigh more than in the other cells.</summary>
    public bool IsHeavy { get; private init; }

    /// <summary>Whether its first test day is kept step by step, for the study's figure.</summary>
    public bool HasTimeline { get; init; }

    public StudyTrace Trace { get; }

    public int Delay { get; }

    public ServiceModel Model { get; }

    /// <summary>What rules see.</summary>
    public ObservationLayout RuleLayout { get; }

    /// <summary>What learners see.</summary>
    public ObservationLayout LearnerLayout(bool isBlind) => new(Delay, ShowsBooting: !isBlind);

    /// <summary>99th percentile of the training steps' load.</summary>
    public double HighLoad { get; }

    /// <summary>Steps of all training days.</summary>
    public long TrainingSteps => (long)Trace.Days.Training.Count * Trace.Workload.StepsPerDay;

    /// <summary>Instance path: <c>nasa/d3</c>, <c>nasa/d3-heavy</c>.</summary>
    public string Path => FormattableString.Invariant($"{Trace.Name}/d{Delay}{(IsHeavy ? "-heavy" : "")}");

    /// <summary>The rule that decides today: 70 % and 30 %.</summary>
    public IPolicy RuleInUse => Policy(ThresholdRule.Default(Delay));

    /// <summary>A rule as a policy on <see cref="RuleLayout"/>.</summary>
    public IPolicy Policy(IScalingRule rule) => new ScalingPolicy(rule, Model, RuleLayout);

    /// <summary>Training days as an environment.</summary>
    public AutoscalingFleet Training(int rows, DayOrder order, bool isBlind, SeedTree seeds) =>
        new(Trace.Workload, Trace.Days.Training, Model, LearnerLayout(isBlind), rows, order, seeds);

    /// <summary>Measures a policy on the test days.</summary>
    public IEnumerable<Measurement> Test(IPolicy policy, ObservationLayout layout, SeedTree seeds)
    {
        var days = DayRuns.Steps(policy, Trace.Workload, Trace.Days.Test, Model, layout, seeds.Evaluation);
        var figures = days.SelectMany((steps, i) => StudyMetrics.Of(DayFigures.Of(steps, Model), DayPath(Trace.Days.Test[i])));
        return HasTimeline ? figures.Concat(StudyTimeline.Of(days[0], DayPath(Trace.Days.Test[0]))) : figures;
    }

    /// <summary>Mean reward on the validation days.</summary>
    public double Validate(IPolicy policy, ObservationLayout layout, SeedTree seeds) =>
        DayRuns.MeanReward(policy, Trace.Workload, Trace.Days.Validation, Model, layout, seeds.Validation);

    /// <summary>Instance path of a day: <c>nasa/d3/day-41</c>.</summary>
    public string DayPath(WorkloadDay day) => FormattableString.Invariant($"{Path}/day-{day.Number}");

    /// <summary>Instance paths of the test days.</summary>
    public IEnumerable<string> TestPaths() => Trace.Days.Test.Select(DayPath);

    /// <summary>The upper bound of each test day.</summary>
    public IEnumerable<Measurement> Bound() => Trace.Days.Test.Select(day => new Measurement(StudyMetrics.Return, DayPath(day), Bound(day)));

    private double Bound(WorkloadDay day)
    {
        var workload = Trace.Workload;
        var start = Model.InitialVms(workload.LoadOrFirst(day.Start - 1, day.SegmentStart));
        return OracleBound.MeanReward(workload.Loads.AsSpan(day.Start, workload.StepsPerDay), start, Model);
    }
}
