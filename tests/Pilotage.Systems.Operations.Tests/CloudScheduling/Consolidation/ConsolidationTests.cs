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
    public void Control_ADay_IsCutNotEnded_AndItsCostsAreTheFleets()
    {
        var settings = new ConsolidationSettings { Hosts = 4, VirtualMachines = 10, Steps = 20, EnergyWeight = 2 };
        var rows = FleetControl.Rows(1, settings, CpuTrace.Generated(20, 20, SeedTree.Root(2)), SeedTree.Root(5));
        var (actions, random) = (new ActionBatch(rows.Spec.Actions, 1), SeedTree.Root(1).Start());
        for (var step = 0; step < 20; step++)
        {
            new RandomPolicy().Act(rows.Frames, PolicyMemory.None, ref random, actions);
            var transition = rows.Step(actions);
            Assert.True(transition.Rewards[0] < 0);
            Assert.Equal(step == 19 ? End.Truncated : End.Running, transition.Ends[0]);
        }
    }
}
