using Pilotage.Systems.Operations.CloudAutoscaling;
using Xunit;

namespace Pilotage.Systems.Operations.Tests.CloudAutoscaling.Rules;

public class RulesTests
{
    private static readonly ServiceModel StartAtFour = Worlds.Model(3, settings: new() { InitialVms = 4 });

    [Fact]
    public void TargetTracking_ConstantLoad_HoldsFourMachinesAtThreeQuarters()
    {
        var steps = Worlds.Run(new TargetTrackingRule(0.75, 1), Worlds.Constant(300), StartAtFour);
        Assert.All(steps, step => Assert.Equal((4, 0.75, 0), (step.Serving, step.Utilisation, step.Change)));
    }

    [Theory, InlineData(1), InlineData(2)]
    public void Threshold_ConstantLoadPauseOfAtLeastTheDelay_AddsOneMachineOnceThenHolds(int agreeing)
    {
        var steps = Worlds.Run(new ThresholdRule(0.7, 0.3, agreeing, Cooldown: 3), Worlds.Constant(300), StartAtFour);
        Assert.Equal(1, steps.Count(step => step.Change != 0));
        Assert.Equal((5, 0.6), (steps[^1].Serving, steps[^1].Utilisation));
    }

    [Fact]
    public void Threshold_PauseBelowTheDelay_AddsMoreThanNeeded() =>
        Assert.True(Worlds.Run(new ThresholdRule(0.7, 0.3, 1, Cooldown: 0), Worlds.Constant(300), StartAtFour).Max(step => step.Serving) > 5);

    [Fact]
    public void Threshold_LoadFalls_RemovesAfterKSteps()
    {
        var steps = Worlds.Run(new ThresholdRule(0.7, 0.3, 3, Cooldown: 0), Worlds.Of(t => t < 20 ? 200 : 80), StartAtFour);
        Assert.Equal(23, Array.FindIndex(steps, step => step.Change < 0));          // seen at 21, 22 and 23
    }

    [Fact]
    public void Static_FarAway_ComesByTwoMachinesAStep()
    {
        var steps = Worlds.Run(new StaticRule(9), Worlds.Constant(300), StartAtFour);
        Assert.Equal([2, 2, 1, 0], steps.Take(4).Select(step => step.Change));
        Assert.Equal(9, steps[^1].Serving);
    }

    [Fact]
    public void StepScaling_LargeDeviation_AddsTwoSmallOne()
    {
        var rule = new StepScalingRule(0.7, 0.3, Margin: 0.15, Cooldown: 3);
        Assert.Equal(2, Worlds.Run(rule, Worlds.Constant(390), StartAtFour)[0].Change);
        Assert.Equal(1, Worlds.Run(rule, Worlds.Constant(300), StartAtFour)[0].Change);
        Assert.Equal(-1, Worlds.Run(rule, Worlds.Constant(100), StartAtFour)[0].Change);
        Assert.Equal(-2, Worlds.Run(rule, Worlds.Constant(10), StartAtFour)[0].Change);
    }

    [Fact]
    public void TargetTracking_Patience_WaitsBeforeRemoving()
    {
        var steps = Worlds.Run(new TargetTrackingRule(0.75, Patience: 5), Worlds.Of(t => t < 20 ? 300 : 150), StartAtFour);
        Assert.Equal(25, Array.FindIndex(steps, step => step.Change < 0));          // the lower load is seen from 21 on
    }

    [Theory, InlineData(120), InlineData(700)]
    public void Pid_ConstantLoad_SettlesNearTheTargetFromBelowAndAbove(double load)
    {
        var steps = Worlds.Run(new PidRule(0.6, 0.3, 0, 0.1), Worlds.Constant(load), StartAtFour);
        Assert.InRange(steps[^200..].Average(step => step.Utilisation), 0.4, 0.75);
    }

    [Fact]
    public void Predictive_KnownRise_HasTheMachinesInTimeWhereTrackingIsLate()
    {
        var workload = Worlds.Of(t => t % 1440 < 700 ? 150 : 290, days: 3);
        var forecast = new SeasonalNaive(0).ForecastAll(workload, ahead: 3);
        var model = Worlds.Model(3);
        var layout = new ObservationLayout(3, ShowsRow: true);
        int Violations(IScalingRule rule) => DayRuns.Steps(new ScalingPolicy(rule, model, layout), workload, workload.Days, model, layout, default)[2].Count(step => step.IsViolation);
        Assert.Equal(0, Violations(new PredictiveRule(forecast, 0.75, 5, [])));
        Assert.True(Violations(new TargetTrackingRule(0.75, 5)) >= 3);
    }

    [Fact]
    public void Grids_EveryFamily_HasTheSameBudget()
    {
        var workload = Worlds.Constant(300, days: 4);
        var trace = new StudyTrace(workload, DaySplit.ByShares(workload.Days, 0.25, 0.25));
        Assert.All(
            new[] { RuleTuning.Thresholds(3), RuleTuning.StepScalings(3), RuleTuning.TargetTrackings(), RuleTuning.Pids(), RuleTuning.Predictive(RuleTuning.Forecasters("ewma", trace, 3), workload, 3) },
            grid => Assert.Equal(RuleTuning.Combinations, grid.Distinct().Count()));
        Assert.Equal(20, RuleTuning.Statics(Worlds.Model()).Count);
    }

    [Fact]
    public void Best_OfStaticFleets_IsTheSmallestThatMeetsTheLevel()
    {
        var workload = Worlds.Constant(300, days: 4);
        var trace = new StudyTrace(workload, DaySplit.ByShares(workload.Days, 0.25, 0.25));
        Assert.Equal(new StaticRule(4), RuleTuning.Best(RuleTuning.Statics(Worlds.Model()), trace, Worlds.Model()));
    }
}
