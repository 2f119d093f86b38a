using Pilotage.Algorithms;
using Pilotage.Environments;
using Pilotage.Environments.ClassicControl;
using Pilotage.Evaluation;
using Pilotage.Experience;
using Pilotage.Policies;
using Pilotage.Policies.Heuristics;
using Pilotage.Tensors;
using Pilotage.Testing;
using Pilotage.Training;
using Xunit;

namespace Pilotage.Tests.Algorithms;

public sealed class BehaviourCloningTests
{
    private static readonly BehaviourCloningConfig Small = new() { Steps = 2_000, EnvironmentCount = 4, Hidden = [32], Passes = 20 };

    private static BehaviourCloning Make<T>(BehaviourCloningConfig config, IPolicy demonstrator, long seed = 3) where T : struct, IEnvironment =>
        new(config, demonstrator, new VectorEnvironment<T>(new T[config.EnvironmentCount], SeedTree.Root(seed)), SeedTree.Root(seed));

    private static double Return<T>(IPolicy policy, int episodes = 200) where T : struct, IEnvironment =>
        PolicyEvaluation.Run(policy, (rows, seeds) => new VectorEnvironment<T>(new T[rows], seeds), episodes, SeedTree.Root(9).Evaluation).Mean;

    [Fact]
    public void Iterate_MaskedChoice_FollowsTheRuleUnderTheMask()
    {
        // The rule takes what pays 1; no clone that ignores the mask or the observation reaches it.
        var bc = Make<MaskedBandit>(Small, new RulePolicy((observation, legal) => observation.IndexOf(1) is var right && legal[right] ? right : (right + 1) % 4));
        bc.Iterate();
        Assert.True(Return<MaskedBandit>(bc.Policy) > 0.97);
        Assert.True(LearnerChecks.Figure(bc, "clone_agreement") > 0.97);
        Assert.Equal(1, LearnerChecks.Figure(bc, "episode_return"), 1e-6);
    }

    [Fact]
    public void Iterate_SeveralChoicesAndBothKinds_AreFollowed()
    {
        var levers = Make<TwoLevers>(Small, new Levers());
        levers.Iterate();
        Assert.True(Return<TwoLevers>(levers.Policy) > 0.97);

        var dial = Make<LeverAndDial>(Small, new Levers());
        dial.Iterate();
        Assert.True(Return<LeverAndDial>(dial.Policy) > 0.9);
    }

    [Fact]
    public void Iterate_Box_FollowsTheHeuristicAndKeepsTheDeviation()
    {
        var bc = Make<Pendulum>(new() { Steps = 10_000, EnvironmentCount = 4 }, new PendulumEnergyPump());
        bc.Iterate();
        var (rule, clone) = (Return<Pendulum>(new PendulumEnergyPump(), 50), Return<Pendulum>(bc.Policy, 50));
        Assert.True(clone > rule - 60, $"{clone} against {rule}");       // doing nothing earns about -1200
        Assert.All(bc.Weights.Single(block => block.Name == "policy.log_deviation").Values.ToArray(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void Fit_TimeLimit_ValuesBootstrapThroughIt()
    {
        // The later frames are worth 1 / (1 - 0.8) = 5, whatever the limit of four steps.
        var bc = Make<EndlessIncome>(Small with { Discount = 0.8, NormalizeObservations = false, LearningRate = 5e-3, Patience = 40, Passes = 40 }, new RulePolicy((_, _) => 1));
        bc.Iterate();
        Assert.Equal(5, LearnerChecks.ValueOf(bc.Networks, 1), 0.15);
    }

    [Fact]
    public void Fit_ContradictingSteps_StopsAtTheBestPassOnWhatItDidNotSee()
    {
        // Actions by a coin cannot be learned, only remembered: the held back loss is least early, and is the coin's ln 2 or little more.
        var bc = Make<CartPole>(Small with { Hidden = [128, 128], LearningRate = 3e-3, EntropyWeight = 0, Passes = 200, Patience = 6 }, new RandomPolicy());
        bc.Iterate();
        Assert.InRange(LearnerChecks.Figure(bc, "clone_passes"), 1, 20);
        Assert.InRange(LearnerChecks.Figure(bc, "clone_loss"), 0.67, 0.72);
    }

    [Fact]
    public void Fit_ActorKept_IsTheOneOfTheBestPass()
    {
        // The loss that is told is that of the weights that are left: fit again without passes of learning.
        var seeds = SeedTree.Root(4);
        var environment = new VectorEnvironment<CartPole>(new CartPole[4], seeds);
        var shown = DemonstrationRecorder.Record(new RandomPolicy(), environment, 600, seeds);
        var networks = new ActorCritic(environment.Spec, [64], Activation.Tanh, seeds);
        var config = Small with { LearningRate = 1e-2, Patience = 3, Passes = 60 };
        var told = BehaviourCloning.Fit(networks, shown, config, seeds).ToDictionary()["clone_loss"];
        Assert.Equal(told, new CloningFit(networks, shown, config, seeds).ValidationLoss(), 1e-9);
    }

    [Fact]
    public void Fit_OneStep_IsRefused()
    {
        var shown = new Demonstrations(CartPole.Describe());
        shown.Add([0, 0, 0, 0], [], [1], [], [1], End.Running, [0, 0, 0, 0], []);
        Snapshot.Matches(Assert.Throws<UserMistakeException>(() => BehaviourCloning.Fit(new(CartPole.Describe(), [4], Activation.Tanh, SeedTree.Root(1)), shown, Small, SeedTree.Root(1))).Message, "one_step");
    }

    [Fact]
    public void Load_OfACheckpoint_ContinuesBitForBit() => LearnerChecks.ContinuesBitForBit(
        () => Make<CartPole>(Small with { Passes = 2 }, new CartPoleFeedback()), (rows, seeds) => new VectorEnvironment<CartPole>(new CartPole[rows], seeds));

    [Fact]
    public void Iterate_SameSeed_GivesTheSameBits() => LearnerChecks.GivesTheSameBits(seed => Make<CartPole>(Small with { Passes = 2 }, new CartPoleFeedback(), seed));

    [Fact]
    public void Iterate_TinyRun_LeavesTheSameTrace()
    {
        var bc = Make<CartPole>(Small with { Passes = 3 }, new CartPoleFeedback(), seed: 42);
        bc.Iterate();
        Snapshot.Matches(ParameterHash.Of(bc.Weights), "trace");
    }

    // For the problems with two choices, and with a lever and a dial: reads the answer from the observation.
    private sealed class Levers : IPolicy
    {
        public void Act(FrameBatch frames, PolicyMemory memory, ref Randomness random, ActionBatch actions)
        {
            for (var row = 0; row < frames.Rows; row++)
            {
                var seen = frames.Observation(row);
                if (actions.Space is ActionSpace.MultiDiscrete) (actions.Indices[2 * row], actions.Indices[2 * row + 1]) = (seen[..2].IndexOf(1), seen[2..].IndexOf(1));
                else (actions.Indices[row], actions.Values[row]) = (seen[..3].IndexOf(1), 5 * (seen[3] + 1));
            }
        }
    }
}
