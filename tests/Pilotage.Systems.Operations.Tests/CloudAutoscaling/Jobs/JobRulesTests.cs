using Pilotage.Systems.Operations.CloudAutoscaling;
using Xunit;
using static Pilotage.Systems.Operations.Tests.CloudAutoscaling.Jobs.JobWorlds;

namespace Pilotage.Systems.Operations.Tests.CloudAutoscaling.Jobs;

public class JobRulesTests
{
    private static readonly JobModel Model2 = new(
        Plain with { Speeds = [1, 2], PricesPerHour = [0.36, 0.90], MaximumMachines = 4 }, new([[0.09], [0.6]]));     // spot: cheap slow, dear fast

    private static readonly JobTask[] Bag = [Task("a", 600), Task("b", 600), Task("c", 600), Task("d", 600)];

    private static int[] Decide(IJobRule rule, JobRun run)
    {
        var additions = new int[run.Model.Pools];
        rule.Decide(run, JobOutlook.Of(run, new double[run.Graph.Count]), additions);
        return additions;
    }

    [Fact]
    public void OnDemand_WorkOverTime_IsTheNumberOfMachines()
    {
        Assert.Equal([2, 0, 0, 0], Decide(new OnDemandRule(0), Run(Model2, 1200, Bag)));       // 2400 work in 1200 s
        Assert.Equal([3, 0, 0, 0], Decide(new OnDemandRule(0.2), Run(Model2, 1200, Bag)));     // in 960 s
        Assert.Equal([4, 0, 0, 0], Decide(new OnDemandRule(0), Run(Model2, 601, Bag)));        // no more than tasks
        Assert.Equal([0, 4, 0, 0], Decide(new OnDemandRule(0), Run(Model2, 300, Bag)));        // the path of 600 needs the fast type
    }

    [Fact]
    public void OnDemand_MachinesAlreadyRented_AreCounted()
    {
        var run = Run(Model2, 1200, Bag);
        run.Step([2, 0, 0, 0]);
        Assert.Equal([0, 0, 0, 0], Decide(new OnDemandRule(0), run));     // 1800 left in 900 s
    }

    [Fact]
    public void Spot_SameNeed_IsRentedOnTheSpotMarket() => Assert.Equal([0, 0, 2, 0], Decide(new SpotRule(0), Run(Model2, 1200, Bag)));

    [Fact]
    public void Slack_FallsBackToOnDemandNearTheDeadline()
    {
        // Path 600 at the fastest speed 2: slack is (1200 - 300) / 1200 = 0.75.
        Assert.Equal([0, 0, 2, 0], Decide(new SlackRule(0.7, 0), Run(Model2, 1200, Bag)));
        Assert.Equal([2, 0, 0, 0], Decide(new SlackRule(0.8, 0), Run(Model2, 1200, Bag)));
    }

    [Fact]
    public void Slack_InNeed_DoesNotCountOnSpotMachines()
    {
        var run = Run(Model2, 1200, Bag);
        run.Step([0, 0, 2, 0]);
        Assert.Equal([0, 0, 0, 0], Decide(new SlackRule(0, 0), run));
        Assert.Equal([2, 0, 0, 0], Decide(new SlackRule(0.9, 0), run));
    }

    [Fact]
    public void CheapestFirst_FillsPoolsByTheirPriceOfWork()
    {
        // Work prices: on demand 0.36 and 0.45; spot 0.09 and 0.30 (but 0.6 is above the bid of 0.45: not offered).
        Assert.Equal([2, 0, 2, 0], Decide(new CheapestFirstRule(0), Run(Model2, 601, Bag)));   // four wanted, two at most from each
    }

    [Theory, InlineData(2500, 1, 0), InlineData(1400, 2, 0), InlineData(700, 4, 0), InlineData(400, 0, 4)]
    public void Heft_Bag_TakesTheCheapestFleetThatIsInTime(double deadline, int slow, int fast)
    {
        // A boot of 60 s is paid by each machine, so fewer are cheaper; the fast type costs a quarter more by work.
        var model = new JobModel(Model2.Settings with { BootSeconds = 60, LargestAddition = 4 }, Model2.Market);
        Assert.Equal([slow, fast, 0, 0], Decide(new HeftRule(0), Run(model, deadline, Bag)));
    }

    [Fact]
    public void Heft_NoFleetInTime_TakesTheOneThatFinishesFirst()
    {
        var model = new JobModel(Model2.Settings with { LargestAddition = 4 }, Model2.Market);
        Assert.Equal(4, Decide(new HeftRule(0), Run(model, 200, Bag))[1]);
    }

    [Fact]
    public void ListSchedule_TwoMachines_IsThePlanByHand()
    {
        // HEFT on two machines of speed 1: long (500) and then its follower (300) on one, the others (200, 200) on the other: 800.
        var run = Run(Model(), 9000, Task("x", 200), Task("long", 500), Task("after", 300, "long"), Task("y", 200));
        var plan = new ListSchedule();
        plan.Plan(run, [2]);
        Assert.Equal(800, plan.Makespan, 1e-9);
        Assert.Equal((800 + 400) * 0.0001, plan.Cost, 1e-9);
        plan.Plan(run, [1]);
        Assert.Equal(1200, plan.Makespan, 1e-9);
        plan.Plan(run, [3]);                             // the third arrives one step later
        Assert.Equal(800, plan.Makespan, 1e-9);
    }

    [Fact]
    public void ListSchedule_OfTheSameFleet_IsWhatTheSimulatorDoes()
    {
        var model = Model(Plain with { MaximumMachines = 8, LargestAddition = 8 });
        foreach (var job in JobGenerator.Draw(model, 20, SeedTree.Root(3)))
        {
            var run = new JobRun(model, job.Graph.Count);
            run.Reset(job with { DeadlineSeconds = 1e6 });
            var plan = new ListSchedule();
            plan.Plan(run, [3]);
            // The simulator never idles a machine while a task is ready; the plan may, but machines are equal here: neither is off by more than one task.
            run.Step([3, 0]);
            while (!run.IsFinished) run.Step([Math.Min(3 - run.MachinesIn(0), run.Graph.Count - run.Totals.Finished - run.MachinesIn(0)), 0]);
            Assert.InRange(run.Now, plan.Makespan - job.Graph.Tasks.Max(task => task.Work) - 300, plan.Makespan + job.Graph.Tasks.Max(task => task.Work) + 300);
        }
    }

    [Fact]
    public void Market_Draw_ReturnsToItsMeanAndRepeats()
    {
        var settings = new JobSettings { SpotJumpProbability = 0 };
        var market = SpotMarket.Draw(settings, 50_000, SeedTree.Root(4));
        var logs = market.Prices[0].Select(price => Math.Log(price / 0.10)).ToArray();
        Assert.Equal(Math.Log(0.3), logs.Average(), 0.03);
        // AR(1): deviation sigma / sqrt(1 - (1 - kappa)^2) = 0.1 / sqrt(1 - 0.92^2) = 0.255
        Assert.Equal(0.255, Math.Sqrt(logs.Average(x => (x - logs.Average()) * (x - logs.Average()))), 0.015);
        Assert.Equal(market.Prices[1], SpotMarket.Draw(settings, 50_000, SeedTree.Root(4)).Prices[1]);
        Assert.True(SpotMarket.Draw(new(), 50_000, SeedTree.Root(4)).Prices[0].Average() > market.Prices[0].Average());      // jumps go up
    }
}
