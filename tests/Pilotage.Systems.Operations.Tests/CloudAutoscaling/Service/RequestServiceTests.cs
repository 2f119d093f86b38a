using System.Buffers;
using CsCheck;
using Pilotage.Systems.Operations.CloudAutoscaling;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Systems.Operations.Tests.CloudAutoscaling.Service;

public class RequestServiceTests
{
    [Theory, InlineData(0), InlineData(1), InlineData(3), InlineData(10)]
    public void Launch_AtStepT_ServesFromTPlusDAndCostsFromT(int delay)
    {
        var model = Worlds.Model(delay);
        var service = new RequestService(model);
        service.Reset(4, 300);
        var before = service.Step(300, 0);
        for (var t = 0; t <= delay + 2; t++)
        {
            var step = service.Step(300, t == 0 ? 2 : 0);
            Assert.Equal(t >= delay ? 6 : 4, step.Serving);
            Assert.Equal(before.Cost * 6 / 4, step.Cost, 12);
        }
    }

    [Fact]
    public void Remove_WhileBooting_CancelsTheYoungestBootingFirst()
    {
        var service = new RequestService(Worlds.Model(3));
        service.Reset(4, 300);
        service.Step(300, 2);
        service.Step(300, 1);
        var step = service.Step(300, -2);                                // the youngest one, then one of the two older ones
        Assert.Equal(4, step.Serving);
        Assert.Equal(1, step.Booting);
        Assert.Equal(5, service.Step(300, 0).Serving);                   // the survivor of step 0 serves at step 3
        Assert.Equal(3, service.Step(300, -2).Serving);
    }

    [Fact]
    public void Reward_OfOneStep_IsTheWeightedSum()
    {
        var model = Worlds.Model(bootSteps: 3, meanLoad: 300);
        var service = new RequestService(model);
        service.Reset(3, 300);
        var step = service.Step(300, 2);                                 // u = 1: violation; 5 machines paid, 3 would be the mean-load fleet
        Assert.Equal(-(5.0 / 3 + 2 + 0.02 * 2), step.Reward, 12);
        Assert.True(step.IsViolation);
    }

    [Fact]
    public void Response_BelowAndAboveSaturation_FollowsTheFormulaAndTheCap()
    {
        var model = Worlds.Model();
        Assert.Equal(0.1 / 0.25, model.Response(0.75, 4, 0), 12);
        Assert.Equal(0.1 / 0.05 + 50.0 / 400 * 60, model.Response(1, 4, 50), 9);
        Assert.Equal(60, model.Response(1, 1, 2000));
        Assert.False(model.Violates(model.Response(0.8, 4, 0)));         // 0.1 / 0.2 is the level of 0.5 to rounding
        Assert.True(model.Violates(model.Response(0.801, 4, 0)));
    }

    [Fact]
    public void Step_NoLoad_HasNoUtilisationAndNoViolation()
    {
        var service = new RequestService(Worlds.Model(meanLoad: 0));
        service.Reset(1, 0);
        var step = service.Step(0, 0);
        Assert.Equal((0.0, 0.1, false), (step.Utilisation, step.Response, step.IsViolation));
        Assert.True(double.IsFinite(step.Reward));
    }

    [Fact]
    public void Step_AnyRun_KeepsTheFlowBalanceAndTheBounds() =>
        Gen.Select(Gen.Double[0, 3000].Array[1, 200], Gen.Int[0, 10], Gen.ULong, Gen.OneOf(Gen.Const(BillingPeriod.Second), Gen.Const(BillingPeriod.Hour)), Gen.Enum<TerminationRule>())
            .ForCases(100, (loads, delay, key, billing, termination) =>
        {
            var model = Worlds.Model(delay, settings: new() { MinimumVms = 2, MaximumVms = 9, MaximumBacklog = 700, Billing = billing, Termination = termination });
            var service = new RequestService(model);
            var random = new Randomness(key);
            service.Reset(model.InitialVms(loads[0]), loads[0]);
            var (arrived, left) = (0.0, 0.0);
            foreach (var load in loads)
            {
                var change = random.NextInt(5) - 2;
                if (!service.IsLegal(change)) change = 0;
                var step = service.Step(load, change);
                arrived += load;
                left += step.Served + step.Dropped;
                Assert.InRange(service.Committed, 2, 9);
                Assert.True(step.Serving >= 1 && step.Utilisation is >= 0 and <= 1 && step.Response is >= 0.1 and <= 60);
            }
            Assert.Equal(arrived, left + service.Backlog, arrived * 1e-12 + 1e-9);
        });

    [Fact]
    public void Billing_ByHour_ChargesStartedHoursFromEachLaunch()
    {
        var model = Worlds.Model(bootSteps: 0, settings: new() { Billing = BillingPeriod.Hour, PricePerHour = 1 });
        var service = new RequestService(model);
        service.Reset(2, 0);
        var costs = new double[125];
        for (var t = 0; t < costs.Length; t++) costs[t] = service.Step(0, t == 5 ? 1 : t == 70 ? -1 : 0).Cost;
        Assert.Equal([(0, 2.0), (5, 1.0), (60, 2.0), (65, 1.0), (120, 1.0)], costs.Select((cost, t) => (t, cost)).Where(x => x.cost > 0).Take(5));   // a machine of step 0 left, its hour ended first
        Assert.Equal(7, costs.Sum());
    }

    [Fact]
    public void Removal_AtBillingBoundary_ServesUntilThePaidHourEnds()
    {
        var model = Worlds.Model(bootSteps: 0, settings: new() { Billing = BillingPeriod.Hour, Termination = TerminationRule.AtBillingBoundary });
        var service = new RequestService(model);
        service.Reset(3, 0);
        for (var t = 0; t < 125; t++)
        {
            var step = service.Step(100, t == 10 ? -2 : 0);
            Assert.Equal(t < 60 ? 3 : 1, step.Serving);
            Assert.Equal(t is 0 ? 0.3 : t is 60 or 120 ? 0.1 : 0, step.Cost, 12);
        }
    }

    [Fact]
    public void Save_MidEpisode_ContinuesBitForBit()
    {
        var model = Worlds.Model(3, settings: new() { Billing = BillingPeriod.Hour });
        var (one, two) = (new RequestService(model), new RequestService(model));
        one.Reset(4, 300);
        for (var t = 0; t < 50; t++) one.Step(300 + t, t % 7 == 0 ? 1 : 0);
        var bytes = new ArrayBufferWriter<byte>();
        one.Save(bytes);
        var reader = new SequenceReader<byte>(new(bytes.WrittenMemory));
        two.Load(ref reader);
        for (var t = 0; t < 50; t++) Assert.Equal(one.Step(500, t % 9 == 0 ? -1 : 0), two.Step(500, t % 9 == 0 ? -1 : 0));
    }

    [Fact]
    public void Settings_Impossible_AreReportedAllAtOnce()
    {
        var wrong = new ServiceSettings { MinimumVms = 5, MaximumVms = 2, VmRequestsPerMinute = 0, SloSeconds = 0.05, BootSeconds = 100_000 };
        var mistake = Assert.Throws<UserMistakeException>(() => new ServiceModel(wrong, 60, 100));
        Assert.Equal(4, mistake.Problems.Count);
        Assert.Contains("minimumVms = 5 is above maximumVms = 2", mistake.Message, StringComparison.Ordinal);
        Assert.Contains("sloSeconds = 0.05", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BestStaticFleet_ConstantLoad_IsTheSmallestThatMeetsTheLevelIfViolationsWeighEnough()
    {
        double Return(int vms, double weight) => Worlds.Run(new StaticRule(vms), Worlds.Constant(300), Worlds.Model(0, 300, new() { ViolationWeight = weight, InitialVms = vms })).Average(s => s.Reward);
        int Best(double weight) => Enumerable.Range(1, 20).MaxBy(vms => Return(vms, weight));
        Assert.Equal(4, Worlds.Model().SmallestFleet(300));
        Assert.Equal(4, Best(1.01));                                     // w_v > w_c (4 - 1) / 3
        Assert.Equal(1, Best(0.99));
    }
}
