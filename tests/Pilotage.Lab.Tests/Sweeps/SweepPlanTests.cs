using Pilotage.Evaluation;
using Pilotage.Lab.Sweeps;
using Pilotage.Lab.Sweeps.Targets;
using Pilotage.Tensors;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Lab.Tests.Sweeps;

public sealed class SweepPlanTests
{
    private static SweepPlan Plan(SweepSettings settings, HillSettings? start = null) =>
        SweepPlan.Of(new SystemTarget(new HillSystem(), start ?? new(), settings, Scale.Laptop, null, Device.Managed), settings, new(SeedTree.Root(0)));

    [Theory]
    [InlineData("budget_of_a_system")]
    [InlineData("budget_unknown")]
    [InlineData("budget_no_number")]
    [InlineData("budget_varied")]
    [InlineData("budget_too_small")]
    [InlineData("grid_beyond_trials")]
    [InlineData("grid_too_large")]
    public void Of_WhatCannotBeSearched_IsRefused(string name)
    {
        var halving = SweepCases.Settings with { Method = SweepMethod.Halving, Trials = 9 };
        var grid = SweepCases.Settings with { Method = SweepMethod.Grid, Vary = ["east=0..1:10", "stride=1e-3..1:log:10", "boots=1..9:9"] };
        var settings = name switch
        {
            "budget_of_a_system" => halving,
            "budget_unknown" => halving with { Budget = "hour" },
            "budget_no_number" => halving with { Budget = "stride" },
            "budget_varied" => halving with { Budget = "boots" },
            "budget_too_small" => halving with { Budget = "hours", Trials = 2 },
            "grid_beyond_trials" => grid with { Trials = 100 },
            _ => grid with { Trials = null, Vary = [.. grid.Vary, "hours=1..1000:1000"] },
        };

        Snapshot.Matches(string.Join("\n", Assert.Throws<UserMistakeException>(() => Plan(settings)).Problems), name);
    }

    [Fact]
    public void Changes_OnAPartOfTheBudget_SetTheBudget()
    {
        var plan = Plan(SweepCases.Settings with { Method = SweepMethod.Halving, Trials = 9, Budget = "Hours" });

        Assert.Equal([new("hours", "10")], plan.Changes(new(new(0, ["1", "1"]), 0, 1.0 / 9)));
        Assert.Equal([new("east", "0.5"), new("boots", "4"), new("hours", "30")], plan.Changes(new(new(3, ["0.5", "4"]), 1, 1.0 / 3)));
        Assert.Equal([new("east", "0.5"), new("boots", "4")], plan.Changes(new(new(3, ["0.5", "4"]), 2, 1)));
        Assert.Empty(plan.Changes(new(new(0, ["1", "1"]), 2, 1)));
    }

    [Fact]
    public void Of_DefaultInAnotherSpelling_IsTheGridsOwnPoint()
    {
        Assert.Equal(3, Plan(SweepCases.Settings with { Method = SweepMethod.Grid, Trials = null, Vary = ["widths=[8,8],[16],[4]"] }).Tuner.ArmCount);
        Assert.Equal(2, Plan(SweepCases.Settings with { Method = SweepMethod.Grid, Trials = null, Vary = ["stride=5e-1,0.1"] }).Tuner.ArmCount);
    }

    [Theory]
    [InlineData(1.0, 2.0, Verdict.Reproduced)]
    [InlineData(-2.0, -1.0, Verdict.NotReproduced)]
    [InlineData(-1.0, 2.0, Verdict.Inconclusive)]
    public void Claims_GiveEachVerdict(double low, double high, Verdict verdict)
    {
        var target = new SystemTarget(new HillSystem(), new HillSettings(), SweepCases.Settings, Scale.Laptop, null, Device.Managed);
        var results = new StudyResults();
        for (var seed = 0; seed < 10; seed++)
        {
            var noise = low + (high - low) * seed / 9;
            results.Add(HillSystem.Rule, seed, [new(HillSystem.Metric, "slope-0", 5)]);
            results.Add(SweepStudy.Default, seed, [new(HillSystem.Metric, "slope-0", 5)]);
            results.Add(SweepStudy.Tuned, seed, [new(HillSystem.Metric, "slope-0", 5 + noise)]);
        }

        Assert.All(SweepStudy.ClaimsOf(target), claim => Assert.Equal(verdict, claim.Judge(claim.Measure(results), Scale.Laptop)));
    }
}
