using CsCheck;
using Pilotage.Systems.Operations.CloudAutoscaling;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Systems.Operations.Tests.CloudAutoscaling;

public class OracleBoundTests
{
    [Fact]
    public void MeanReward_AnyRandomRun_IsNotExceeded() =>
        Gen.Select(Gen.Double[0, 1500].Array[1, 120], Gen.Int[0, 10], Gen.ULong, Gen.OneOf(Gen.Const(BillingPeriod.Second), Gen.Const(BillingPeriod.Hour)), Gen.Enum<TerminationRule>(), Gen.Double[0, 3])
            .ForCases(200, (loads, delay, key, billing, termination, weight) =>
        {
            var model = Worlds.Model(delay, settings: new() { MaximumVms = 8, Billing = billing, Termination = termination, ViolationWeight = weight, MaximumBacklog = 300 });
            var service = new RequestService(model);
            var random = new Randomness(key);
            var start = 1 + random.NextInt(8);
            var bound = OracleBound.MeanReward(loads, start, model);
            var calm = random.NextDouble();                              // runs that change little come nearer to the bound
            for (var run = 0; run < 10; run++)
            {
                service.Reset(start, 0);
                var sum = 0.0;
                foreach (var load in loads)
                {
                    var change = random.NextDouble() < calm ? 0 : random.NextInt(5) - 2;
                    sum += service.Step(load, service.IsLegal(change) ? change : 0).Reward;
                }
                Assert.True(sum / loads.Length <= bound + 1e-9);
            }
        });

    [Theory, InlineData(0), InlineData(1)]
    public void MeanReward_DelayOfAtMostOneStep_EqualsBruteForce(int delay) =>
        Gen.Select(Gen.Double[0, 900].Array[1, 6], Gen.Int[1, 5], Gen.Double[0, 4]).ForCases(60, (loads, start, weight) =>
        {
            var model = Worlds.Model(delay, settings: new() { MaximumVms = 5, ViolationWeight = weight, MaximumBacklog = 250 });
            Assert.Equal(BruteForce(loads, start, model), OracleBound.MeanReward(loads, start, model), 1e-9);
        });

    [Theory, InlineData(2), InlineData(3)]
    public void MeanReward_LongerDelay_DominatesBruteForceClosely(int delay)
    {
        var (sum, count) = (0.0, 0);
        Gen.Select(Gen.Double[0, 900].Array[6, 6], Gen.Int[1, 5]).ForCases(40, (loads, start) =>
        {
            var model = Worlds.Model(delay, settings: new() { MaximumVms = 5 });
            var gap = OracleBound.MeanReward(loads, start, model) - BruteForce(loads, start, model);
            Assert.True(gap >= -1e-9);
            sum += gap;
            count++;
        });
        Assert.True(sum / count < 0.05, $"mean gap {sum / count}");      // a thirtieth of a typical reward
    }

    [Fact]
    public void MeanReward_ManyBacklogLabels_StaysABound()
    {
        var loads = Worlds.Of(t => 300 + 137.31 * (t * 7919 % 11)).Loads.AsSpan(0, 300);   // long overload: backlogs of all sizes
        var model = Worlds.Model(1, settings: new() { MaximumVms = 8, MaximumBacklog = 50_000 });
        var bound = OracleBound.MeanReward(loads, 4, model);
        foreach (var vms in Enumerable.Range(1, 8))
        {
            var service = new RequestService(model);
            service.Reset(4, 0);
            var sum = 0.0;
            foreach (var load in loads) sum += service.Step(load, Math.Clamp(vms - service.Committed, -2, 2)).Reward;
            Assert.True(sum / loads.Length <= bound);
        }
    }

    private static double BruteForce(double[] loads, int start, ServiceModel model)
    {
        var best = double.NegativeInfinity;
        var plans = (int)Math.Pow(5, loads.Length);
        var service = new RequestService(model);
        for (var plan = 0; plan < plans; plan++)
        {
            service.Reset(start, 0);
            var (sum, code) = (0.0, plan);
            foreach (var load in loads)
            {
                var change = code % 5 - 2;
                code /= 5;
                if (!service.IsLegal(change))
                {
                    sum = double.NegativeInfinity;
                    break;
                }
                sum += service.Step(load, change).Reward;
            }
            best = Math.Max(best, sum);
        }
        return best / loads.Length;
    }
}
