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
/// <param name="IsShielded">Whether <see cref="CapacityShield"/> narrows the masks, while learning and after.</param>
/// <param name="Copies">Services that learn side by side into one table (parallel learning). They share the training days: the same experience in fewer calendar days.</param>
internal sealed record TabularArm(MakeTabular Make, bool IsWarm = false, bool IsBlind = false, bool HasCurve = false, bool IsShielded = false, int Copies = 1)
{
    private const int EarlyDays = 3;                     // of claim (e)
    private const int DailyPoints = 60, SparsePeriod = 5; // the curve's points: each day at first, then every fifth

    /// <summary>Trains and measures.</summary>
    public IEnumerable<Measurement> Run(StudyCell cell, CloudAutoscalingConfig config, SeedTree seeds, LearnerClock clock, CancellationToken cancellation)
    {
        var layout = cell.LearnerLayout(IsBlind);
        var discretizer = new FleetDiscretizer(cell.Model, layout, cell.HighLoad);
        var fleet = cell.Training(Copies, DayOrder.InTime, IsBlind, seeds.Environments);
        var shield = new CapacityShield(layout, cell.Model);
        IVectorEnvironment environment = IsShielded ? new ShieldedFleet(fleet, shield) : fleet;
        var days = Math.Max(1, config.TrainingPasses * cell.Trace.Days.Training.Count / Copies);              // of the calendar; each is lived by all copies
        var stepsPerDay = cell.Trace.Workload.StepsPerDay;
        var tabular = config.Tabular with { Steps = (long)days * stepsPerDay * Copies, IterationSteps = stepsPerDay, EnvironmentCount = Copies };
        if (IsWarm) tabular = tabular with { InitialExploration = tabular.FinalExploration };
        var known = cell.Validate(cell.RuleInUse, cell.RuleLayout, seeds);
        var initial = IsWarm ? WarmStart.FromThreshold(discretizer, ThresholdRule.Default(cell.Delay), known, tabular.Discount, cell.Model) : WarmStart.Cold(discretizer, known, tabular.Discount);
        var learner = Make(tabular, environment, discretizer, seeds, initial);
        var policy = IsShielded ? new ShieldedPolicy(learner.Policy, shield) : learner.Policy;

        var curve = new List<(int Day, double Reward)>();
        var measured = new List<Measurement>();
        for (var day = 1; day <= days; day++)
        {
            cancellation.ThrowIfCancellationRequested();
            learner.Iterate();
            if (day == Math.Min(EarlyDays, days) && Copies == 1) measured.Add(new(StudyMetrics.EarlyViolations, cell.Path, fleet.ViolatingSteps));
            if (HasCurve && (day <= DailyPoints || day % SparsePeriod == 0 || day == days)) curve.Add((day, cell.Validate(policy, layout, seeds)));
        }
        if (HasCurve) measured.Add(new(StudyMetrics.DaysToFinal, cell.Path, LearningCurve.DaysToFinal(curve)));
        measured.Add(new(StudyMetrics.ValidationReturn, cell.Path, cell.Validate(policy, layout, seeds)));
        measured.AddRange(StudyMetrics.OfTraining(cell.Path, learner.Steps, fleet.ViolatingSteps));
        clock.Add(learner);
        return [.. measured, .. cell.Test(policy, layout, seeds)];
    }
}
