using Pilotage.Environments;
using Pilotage.Policies;
using Pilotage.Systems.Operations.CloudScheduling;
using Xunit;

namespace Pilotage.Systems.Operations.Tests.CloudScheduling.Consolidation;

public class ConsolidationTests
{
    private static readonly ConsolidationSettings Two = new() { Hosts = 2, VirtualMachines = 2, Steps = 13 };

    private static float[] Flat(float use) => [.. Enumerable.Repeat(use, 13)];

    [Fact]
    public void Power_IsMeasuredAtTenths_AndStraightBetween()
    {
        Assert.Equal(86, HostKind.G4.Power(0));
        Assert.Equal(102, HostKind.G4.Power(0.5));
        Assert.Equal((89.4 + 92.6) / 2, HostKind.G4.Power(0.15), 1e-9);
        Assert.Equal(135, HostKind.G5.Power(1.7));
    }

    [Fact]
    public void Day_WithoutMoves_IsTheWorkedExample()
    {
        // 2500 x 0.4 + 2000 x 0.3 = 1600 MIPS; G4 (3720) holds both: 43.01 % and less watts at first than G5.
        var figures = HostDays.Run(new(Two), [Flat(0.4f), Flat(0.3f)], new OverloadRule(OverloadKind.Never, 0.8));
        Assert.Equal(HostKind.G4.Power(1600 / 3720.0) * 300 * 13 / 3.6e6, figures.EnergyKwh, 1e-6);
        Assert.Equal((0, 0, 1, 0), (figures.OverloadShare, figures.Degradation, figures.MeanHosts, figures.Migrations));
        Assert.Equal(0, figures.EnergyViolation);
    }

    [Fact]
    public void Day_OverloadAndMigration_AreCounted()
    {
        // Both rise in the fourth step: 2500 + 1600 = 4100 of 3720 MIPS. The rule sees it before the fifth and moves the one of less memory, the first: 870 MB. Before the sixth it sees that the
        // second fits beside it on the larger host (77 %), moves it too, and switches the first host off.
        float[] first = [.. Flat(0.4f)[..3], .. Enumerable.Repeat(1f, 10)], second = [.. Flat(0.3f)[..3], .. Enumerable.Repeat(0.8f, 10)];
        var figures = HostDays.Run(new(Two), [first, second], new OverloadRule(OverloadKind.Static, 0.8));
        Assert.Equal(2, figures.Migrations);
        Assert.Equal((1 / 5.0 + 0) / 2, figures.OverloadShare, 1e-9);                        // one of five steps of one host, none of the other's
        var lost = 0.1 * 2500 * (870 / 62.5) / (300 * (3 * 1000 + 10 * 2500)) + 0.1 * 1600 * (1740 / 62.5) / (300 * (3 * 600 + 10 * 1600));
        Assert.Equal(lost / 2, figures.Degradation, 1e-8);
    }

    [Fact]
    public void Day_Emptying_SwitchesOffHostsWhoseMachinesFitElsewhere()
    {
        // At first 2500 and 2000 need two hosts; from the third step one is enough.
        float[] first = [1, 1, .. Enumerable.Repeat(0.2f, 11)], second = [1, 1, .. Enumerable.Repeat(0.2f, 11)];
        var fleet = new HostFleet(Two);
        var figures = HostDays.Run(fleet, [first, second], new OverloadRule(OverloadKind.Static, 0.8));
        Assert.Equal(1, figures.Migrations);
        Assert.True(fleet.IsOn(0) != fleet.IsOn(1));
        Assert.Equal((3 * 2 + 10) / 13.0, figures.MeanHosts, 1e-9);
    }

    [Theory]
    [InlineData(0), InlineData(1), InlineData(2)]
    public void Days_EveryVirtualMachineIsOnOneHost_AndSumsAgree(int kind)
    {
        var settings = new ConsolidationSettings { Hosts = 8, VirtualMachines = 30, Steps = 60, HostMemory = 9000 };
        var (fleet, plan, rule) = (new HostFleet(settings), new HostPlan(8), new OverloadRule((OverloadKind)kind, 0.8));
        var random = SeedTree.Root(kind).Start();
        fleet.Begin(CpuTrace.Generated(60, 60, SeedTree.Root(2)).Draw(30, ref random));
        var joules = 0.0;
        while (!fleet.IsOver)
        {
            rule.Decide(fleet, plan);
            fleet.Step(plan);
            joules += fleet.StepJoules.Sum();
            Assert.Equal(Enumerable.Range(0, 30), Enumerable.Range(0, 8).SelectMany(fleet.Guests).Order());
            for (var host = 0; host < 8; host++)
            {
                Assert.Equal(fleet.Guests(host).Count > 0, fleet.IsOn(host));
                Assert.Equal(fleet.Guests(host).Sum(HostFleet.MemoryOf) / 9000, fleet.MemoryShare(host), 1e-9);
                Assert.InRange(fleet.MemoryShare(host), 0, 1 + 1e-9);
            }
        }
        Assert.Equal(joules / 3.6e6, fleet.Figures().EnergyKwh, 1e-9);
        Assert.True(fleet.Figures().Migrations > 0);
    }

    [Fact]
    public void Spreads_AreTheTextbooks()
    {
        Assert.Equal(1, OverloadRule.Mad([1, 1, 2, 2, 4, 6, 9]));
        Assert.Equal(3.5, OverloadRule.Iqr([1, 1, 2, 2, 4, 6, 9]));
    }

    [Fact]
    public void Begin_TooLittleRoom_IsTold() =>
        Assert.Contains("PIL1619", Assert.Throws<UserMistakeException>(() => new HostFleet(Two with { HostMemory = 900 }).Begin([Flat(0.1f), Flat(0.1f)])).Message, StringComparison.Ordinal);

    [Fact]
    public void Control_ADay_IsCutNotEnded_AndItsCostsAreTheFleets_WithTheEnergyAboveItsLimitAtItsPrice()
    {
        var settings = new ConsolidationSettings { Hosts = 4, VirtualMachines = 10, Steps = 20 };
        var (free, dear) = (Play(price: 0, limit: 1), Play(price: 2, limit: 1));
        Assert.All(free, reward => Assert.True(reward <= 0));                               // full load and migrations alone
        Assert.Contains(free, reward => reward < 0);
        // A limit of nothing leaves the whole energy to be paid; one that is higher by 1 gives the price back, at each step.
        Assert.All(free.Zip(dear, Play(price: 2, limit: 0)), step => Assert.Equal(step.Second + 0.1 * 2 * -1, step.Third, 1e-5));
        // Twice the price, twice what energy costs.
        Assert.All(free.Zip(dear, Play(price: 4, limit: 1)), step => Assert.Equal(2 * (step.Second - step.First), step.Third - step.First, 1e-5));
        Assert.Contains(free.Zip(dear), step => step.First != step.Second);

        List<float> Play(double price, double limit)
        {
            var rows = FleetControl.Rows(1, settings, CpuTrace.Generated(20, 20, SeedTree.Root(2)), new(price, limit, rate: 1), SeedTree.Root(5));
            var (actions, random, rewards) = (new ActionBatch(rows.Spec.Actions, 1), SeedTree.Root(1).Start(), new List<float>());
            for (var step = 0; step < 20; step++)
            {
                new RandomPolicy().Act(rows.Frames, PolicyMemory.None, ref random, actions);
                var transition = rows.Step(actions);
                rewards.Add(transition.Rewards[0]);
                Assert.Equal(step == 19 ? End.Truncated : End.Running, transition.Ends[0]);
            }
            return rewards;
        }
    }

    [Fact]
    public void EnergyPrice_RisesAboveItsLimit_FallsBelow_AndNeverPays()
    {
        var price = new EnergyPrice(first: 1, limit: 1.05, rate: 10);
        price.Follow(1.15);
        Assert.Equal(2, price.Value, 1e-12);
        price.Follow(0.95);
        Assert.Equal(1, price.Value, 1e-12);
        price.Follow(0.5);
        Assert.Equal(0, price.Value);
    }

    [Fact]
    public void DayComparison_TheStaticRule_CostsWhatItself_AndWhoNeverMigratesPaysNothingForIt()
    {
        var settings = new ConsolidationSettings { Hosts = 6, VirtualMachines = 20, Steps = 60 };
        var days = new DayComparison(settings, CpuTrace.Generated(60, 60, SeedTree.Root(2)), 4, SeedTree.Root(3));
        Assert.Equal(new(1, 1, 1), days.Of(new OverloadRule(OverloadKind.Static, settings.Threshold)));
        var never = days.Of(new OverloadRule(OverloadKind.Never, settings.Threshold));
        Assert.Equal(0, never.Degradation);
        Assert.Equal(Energy(OverloadKind.Never) / Energy(OverloadKind.Static), never.Energy, 1e-12);

        double Energy(OverloadKind kind) => Enumerable.Range(0, 4).Sum(day =>
        {
            var random = SeedTree.Root(3).Branch(day).Start();
            return HostDays.Run(new HostFleet(settings), CpuTrace.Generated(60, 60, SeedTree.Root(2)).Draw(settings.VirtualMachines, ref random), new OverloadRule(kind, settings.Threshold)).EnergyKwh;
        });
    }

    [Fact]
    public void RelativeCosts_Rank_PutsTheLimitFirst_ThenTheViolation_ThenTheEnergy()
    {
        RelativeCosts[] best = [new(1.05, 0.2, 0.1), new(0.9, 0.2, 0.2), new(1.04, 3, 50), new(1.06, 0, 0), new(1.2, 0, 0)];
        Assert.Equal(best, best.Reverse().OrderBy(costs => costs.Rank(energyLimit: 1.05)));
        // Never to migrate is no way out: full load counts although migrations are none.
        Assert.True(new RelativeCosts(1, 1.3, 0).Rank(1.05) > new RelativeCosts(1, 0.7, 0.1).Rank(1.05));
    }
}
