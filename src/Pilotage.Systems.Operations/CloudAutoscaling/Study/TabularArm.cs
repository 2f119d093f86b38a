using Pilotage.Algorithms.Tabular;
using Pilotage.Environments;
using Pilotage.Evaluation;
using Pilotage.Training;

namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>How a tabular learner is made.</summary>
internal delegate ILearner MakeTabular(TabularConfig config, IVectorEnvironment environment, IDiscretizer discretizer, SeedTree seeds, ActionValues initial);

/// <summary>Trains a tabular learner on a cell's training days, day by day in time order, and measures it. The last table counts.</summary>
/// <param name="Make">Makes the learner.</param>
/// <param name="IsWarm">Whether the table begins with the rule's preferences; exploration then begins where it otherwise ends, or the preferences would not be followed.</param>
/// <param name="IsBlind">Whether booting machines are hidden.</param>
/// <param name="HasCurve">Whether the learning curve is measured.</param>
internal sealed record TabularArm(MakeTabular Make, bool IsWarm = false, bool IsBlind = false, bool HasCurve = false)
{
    private const int EarlyDays = 3;                     // of claim (e)
    private const int DailyPoints = 60, SparsePeriod = 5; // the curve's points: each day at first, then every fifth

    /// <summary>Trains and measures.</summary>
    public IEnumerable<Measurement> Run(StudyCell cell, CloudAutoscalingConfig config, SeedTree seeds, LearnerClock clock, CancellationToken cancellation)
    {
        var layout = cell.LearnerLayout(IsBlind);
        var discretizer = new FleetDiscretizer(cell.Model, layout, cell.HighLoad);
        var environment = cell.Training(rows: 1, DayOrder.InTime, IsBlind, seeds.Environments);
        var days = config.TrainingPasses * cell.Trace.Days.Training.Count;
        var stepsPerDay = cell.Trace.Workload.StepsPerDay;
        var tabular = config.Tabular with { Steps = (long)days * stepsPerDay, IterationSteps = stepsPerDay, EnvironmentCount = 1 };
        if (IsWarm) tabular = tabular with { InitialExploration = tabular.FinalExploration };
        var known = cell.Validate(cell.RuleInUse, cell.RuleLayout, seeds);
        var initial = IsWarm ? WarmStart.FromThreshold(discretizer, ThresholdRule.Default(cell.Delay), known, tabular.Discount, cell.Model) : WarmStart.Cold(discretizer, known, tabular.Discount);
        var learner = Make(tabular, environment, discretizer, seeds, initial);

        var curve = new List<(int Day, double Reward)>();
        var measured = new List<Measurement>();
        for (var day = 1; day <= days; day++)
        {
            cancellation.ThrowIfCancellationRequested();
            learner.Iterate();
            if (day == Math.Min(EarlyDays, days)) measured.Add(new(StudyMetrics.EarlyViolations, cell.Path, environment.ViolatingSteps));
            if (HasCurve && (day <= DailyPoints || day % SparsePeriod == 0 || day == days)) curve.Add((day, cell.Validate(learner.Policy, layout, seeds)));
        }
        if (HasCurve) measured.Add(new(StudyMetrics.DaysToFinal, cell.Path, LearningCurve.DaysToFinal(curve)));
        measured.Add(new(StudyMetrics.ValidationReturn, cell.Path, cell.Validate(learner.Policy, layout, seeds)));
        clock.Add(learner);
        return [.. measured, .. cell.Test(learner.Policy, layout, seeds)];
    }
}
