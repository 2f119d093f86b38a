using Pilotage.Environments;
using Pilotage.Lab.Improvement;
using Pilotage.Policies;
using Xunit;

namespace Pilotage.Lab.Tests.Improvement;

public sealed class RuleScalesTests
{
    [Fact]
    public void Around_RuleAlwaysInOnePlace_ScalesByThatPlaceAndStaysSo()
    {
        // The walk adds its action to its place: under a rule that keeps it near 100, observations are 100 ± a few.
        var rule = new RulePolicy(static (observation, _) => observation[0] > 100 ? 0 : 1);
        var scaled = RuleScales.Around(Make(4, SeedTree.Root(1)), rule, Make, discount: 0.9, SeedTree.Root(1));
        var moments = scaled.Observations!.Moments;
        var (mean, variance) = (moments.Mean[0], moments.Variance(0));

        Assert.InRange(mean, 85, 115);
        Assert.True(scaled.IsFrozen);
        var actions = new ActionBatch(scaled.Spec.Actions, 4);
        for (var step = 0; step < 50; step++) scaled.Step(actions);
        Assert.Equal((mean, variance), (moments.Mean[0], moments.Variance(0)));
    }

    [Fact]
    public void Around_LeavesTheLearnersOwnEpisodesAsTheyWere()
    {
        var own = Make(4, SeedTree.Root(1));
        var first = own.Frames.Observations.ToArray();

        RuleScales.Around(own, new RulePolicy(static (_, _) => 1), Make, discount: 0.9, SeedTree.Root(1));

        Assert.Equal(first, own.Frames.Observations.ToArray());
    }

    [Fact]
    public void Around_Rewards_AreDividedByTheDeviationOfTheRulesDiscountedReturn()
    {
        // Discount 0: the return is the reward itself. The walk pays its place over 10: the deviation of the rewards is a tenth of that of the places.
        var rule = new RulePolicy(static (observation, _) => observation[0] > 100 ? 0 : 1);
        var scaled = RuleScales.Around(Make(4, SeedTree.Root(1)), rule, Make, discount: 0, SeedTree.Root(1));

        var places = Math.Sqrt(scaled.Observations!.Moments.Variance(0));
        var rewards = Math.Sqrt(scaled.RewardScaler!.Moments.Variance(0));

        Assert.InRange(rewards / places, 0.08, 0.12);
    }

    private static VectorEnvironment<Walk> Make(int rows, SeedTree seeds) => new(new Walk[rows], seeds);

    private struct Walk : IEnvironment
    {
        private float _place;

        public static EnvironmentSpec Describe() => new() { Name = "Walk", ObservationSize = 1, Actions = new ActionSpace.Discrete(2), TimeLimit = 1_000 };

        public void Reset(Frame first, ref Randomness random) => first.Observation[0] = _place = 100 + random.NextInt(3);

        public Outcome Step(AgentAction action, Frame next, ref Randomness random)
        {
            _place += (action.Index == 1 ? 1 : -1) + (float)random.NextNormal();
            next.Observation[0] = _place;
            return new(_place / 10);
        }
    }
}
