using System.Buffers;
using Pilotage.Algorithms;
using Pilotage.Algorithms.Tabular;
using Pilotage.Environments;
using Pilotage.Evaluation;
using Pilotage.Experience;
using Pilotage.Policies;
using Pilotage.Tests.Algorithms.Tabular;
using Pilotage.Training;
using Xunit;

namespace Pilotage.Tests.Algorithms;

public sealed class WarmStartTests
{
    public static TheoryData<string> Able => [.. AlgorithmCatalog.All.Where(entry => entry.TakesDemonstrations).Select(entry => entry.Name)];

    private static (ILearner Learner, EnvironmentEntry Environment) Make(string algorithm, long seed)
    {
        var entry = AlgorithmCatalog.Find(algorithm);
        var environment = EnvironmentCatalog.Find(algorithm is "sac" or "td3" or "ddpg" ? "Pendulum-v1" : "CartPole-v1");
        return (entry.Create(entry.DefaultsFor(environment.Name), environment.Create, SeedTree.Root(seed), Pilotage.Tensors.Device.Managed), environment);
    }

    private static Demonstrations Shown(EnvironmentEntry environment, long seed, long steps = 3_000)
    {
        var seeds = SeedTree.Root(seed).Branch("demonstrations");
        return DemonstrationRecorder.Record(environment.CreateHeuristic(), environment.Create(4, seeds), steps, seeds);
    }

    [Theory, MemberData(nameof(Able))]
    public void WarmStart_ThenSavedAndLoaded_ContinuesBitForBit(string algorithm)
    {
        var (whole, environment) = Make(algorithm, 5);
        ((IWarmStart)whole).WarmStart(Shown(environment, 5, 600), SeedTree.Root(5));
        whole.Iterate();
        var writer = new ArrayBufferWriter<byte>();
        whole.Save(writer);
        whole.Iterate();

        var resumed = Make(algorithm, 5).Learner;
        var reader = new SequenceReader<byte>(new(writer.WrittenMemory));
        resumed.Load(ref reader);
        resumed.Iterate();
        Assert.Equal(0, reader.Remaining);
        Assert.Equal(ParameterHash.Of(whole.Weights), ParameterHash.Of(resumed.Weights));
        Assert.Equal(whole.Diagnostics, resumed.Diagnostics);
    }

    [Theory, InlineData("ppo"), InlineData("a2c"), InlineData("reinforce"), InlineData("dqn"), InlineData("q-learning"), InlineData("double-q"), InlineData("dyna-q")]
    public void WarmStart_BeforeTheFirstStep_ActsNearlyAsTheHeuristic(string algorithm)
    {
        var (learner, environment) = Make(algorithm, 7);
        var cold = PolicyEvaluation.Run(learner.Policy, environment.Create, 20, SeedTree.Root(9).Evaluation).Mean;
        ((IWarmStart)learner).WarmStart(Shown(environment, 7, 6_000), SeedTree.Root(7));
        var warm = PolicyEvaluation.Run(learner.Policy, environment.Create, 20, SeedTree.Root(9).Evaluation).Mean;
        Assert.True(warm > cold + 70, $"{cold}, then {warm}");           // the heuristic earns 500; a table sees ten cells of each number
        Assert.Equal(0, learner.Steps);
    }

    [Fact]
    public void WarmStart_NormalizingLearner_LearnsTheStatisticsFirst()
    {
        var environment = EnvironmentCatalog.Find("CartPole-v1");
        var ppo = new Ppo(new() { NormalizeObservations = true, NormalizeRewards = true }, environment.Create(4, SeedTree.Root(1)), SeedTree.Root(1));
        ppo.WarmStart(Shown(environment, 1), SeedTree.Root(1));
        Assert.True(((NormalizedPolicy)ppo.Policy).Normalizer.Moments.Count > 3_000);
        Assert.True(PolicyEvaluation.Run(ppo.Policy, environment.Create, 20, SeedTree.Root(9).Evaluation).Mean > 300);
    }

    [Fact]
    public void Fill_WorkedExample_PrefersWhatWasDone()
    {
        var shown = new Demonstrations(new() { Name = "Line", ObservationSize = 1, Actions = new ActionSpace.Discrete(2) });
        shown.Add([0, 1, 0], [], [1, 0, 1], [], [2, 4, 6], End.Terminated, [1], []);
        var values = new ActionValues(4, 2);
        Assert.Equal(2, TabularWarmStart.Fill(values, shown, new UniformGrid([-0.5f], [3.5f], [4]), 0.5));
        // Returns: 6, 4 + 3 = 7, 2 + 3.5 = 5.5. State 0: 5.75, state 1: 7; a tenth of the spread of 1.25; unseen states their mean.
        Assert.Equal([5.75f - 0.125f, 5.75f, 7, 7 - 0.125f, 6.375f, 6.375f, 6.375f, 6.375f], values.Values.ToArray(), (a, b) => Math.Abs(a - b) < 1e-5f);
        Assert.Equal(1, values.Visits(0, 1));
        Assert.Equal(0, values.Visits(2, 0));
        Assert.Throws<UserMistakeException>(() => TabularWarmStart.Fill(values, new(shown.Spec), new UniformGrid([-0.5f], [3.5f], [4]), 0.5));
    }

    [Fact]
    public void WarmStart_Table_ExploresAsAtTheEnd()
    {
        var config = new TabularConfig { Steps = 1000, IterationSteps = 10, InitialExploration = 1, FinalExploration = 0.02 };
        ILearner learner = TabularLearnersTests.Make<TwoStates>("q", config, TabularRuns.TwoStateGrid, SeedTree.Root(1), initial: null);
        var shown = new Demonstrations(TwoStates.Describe());
        shown.Add([0, 1], [], [1, 1], [], [-1, 5], End.Truncated, [0], []);
        ((IWarmStart)learner).WarmStart(shown, SeedTree.Root(1));
        learner.Iterate();
        Assert.Equal(0.02, LearnerChecks.Figure(learner, "epsilon"));
    }
}
