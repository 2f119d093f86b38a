using System.Buffers;
using Pilotage.Algorithms.Tabular;
using Pilotage.Environments;
using Pilotage.Policies;
using Pilotage.Testing;
using Pilotage.Training;
using Xunit;

namespace Pilotage.Tests.Algorithms.Tabular;

public class TabularLearnersTests
{
    private static readonly SeedTree Seeds = SeedTree.Root(11);

    public static readonly TheoryData<string> All = ["q", "sarsa", "expected", "dyna", "lambda", "watkins", "double", "model"];

    private static ILearner Make<T>(string name, TabularConfig config, IDiscretizer grid, ActionValues? initial = null) where T : struct, IEnvironment =>
        Make<T>(name, config, grid, Seeds, initial);

    internal static ILearner Make<T>(string name, TabularConfig config, IDiscretizer grid, SeedTree seeds, ActionValues? initial) where T : struct, IEnvironment
    {
        var environment = TabularRuns.Make<T>(config.EnvironmentCount, seeds);
        return name switch
        {
            "q" => new QLearning(config, environment, grid, seeds, initial),
            "sarsa" => new Sarsa(config, environment, grid, seeds, initial),
            "expected" => new ExpectedSarsa(config, environment, grid, seeds, initial),
            "dyna" => new DynaQ(config, environment, grid, seeds, initial),
            "lambda" => new SarsaLambda(config, environment, grid, seeds, initial),
            "watkins" => new WatkinsQ(config, environment, grid, seeds, initial),
            "double" => new DoubleQ(config, environment, grid, seeds, initial),
            _ => new ModelValueIteration(config, environment, grid, seeds, initial),
        };
    }

    private static float[] Learn(ILearner learner, long steps)
    {
        while (learner.Steps < steps) learner.Iterate();
        return learner.Weights[0].Values.ToArray();
    }

    [Theory, InlineData("q"), InlineData("dyna"), InlineData("double"), InlineData("model"), InlineData("watkins")]
    public void OffPolicyLearners_DeterministicToy_ReachValueIterationsQ(string name)
    {
        var config = new TabularConfig { Steps = 40_000, Discount = 0.9, InitialExploration = 1, FinalExploration = 1 };
        var q = Learn(Make<TwoStates>(name, config, TabularRuns.TwoStateGrid), 40_000);
        var mdp = FiniteMdps.TwoStates();
        var expected = mdp.ToActionValues([.. ValueIteration.Solve(mdp, 0.9).Values], 0.9).Values.ToArray();
        Assert.Equal(expected.Select(value => (double)value), q.Select(value => (double)value), (a, b) => Math.Abs(a - b) < 1e-3);
    }

    [Theory, MemberData(nameof(All))]
    public void Learners_TimeLimit_BootstrapsFromTheTrueLastState(string name)
    {
        // Were a truncation an end, no value could exceed the best return of seven steps; were the bootstrap the reset state's, Q(1, 0) would be below half of it.
        var config = new TabularConfig { Steps = 60_000, Discount = 0.95, FinalExploration = 0, ExplorationShare = 0.9, LearningRate = 0.2, TraceDecay = 0.5 };
        var q = Learn(Make<TwoStates>(name, config, TabularRuns.TwoStateGrid), 60_000);
        var best = TwoStates.OptimalValues(0.95);
        Assert.Equal(best[1, 0], q[2], best[1, 0] * 0.1);
        Assert.True(q[2] > 7 * 5);
    }

    [Theory, InlineData("sarsa"), InlineData("expected"), InlineData("lambda")]
    public void OnPolicyLearners_Cliff_ValueTheEdgeBelowQLearning(string name)
    {
        var config = new TabularConfig { Steps = 150_000, Discount = 1, InitialExploration = 0.2, FinalExploration = 0.2, LearningRate = 0.1, TraceDecay = 0.3 };
        const int EdgeRight = (2 * 12 + 5) * 4 + 1;                      // third row, sixth column, one step above the cliff
        var onPolicy = Learn(Make<Cliff>(name, config, Cliff.Grid), 150_000)[EdgeRight];
        var offPolicy = Learn(Make<Cliff>("q", config, Cliff.Grid), 150_000)[EdgeRight];
        Assert.Equal(-7, offPolicy, 1f);                                 // six columns, one row
        Assert.True(onPolicy < offPolicy - 5, $"{onPolicy} against {offPolicy}");
    }

    [Fact]
    public void DynaQ_Cliff_LearnsFromFarFewerStepsThanQLearning()
    {
        var config = new TabularConfig { Steps = 3000, Discount = 0.99, InitialExploration = 0.1, FinalExploration = 0.1, PlanningSteps = 30, IterationSteps = 100 };
        Assert.True(Length("dyna") < 20);
        Assert.True(Length("q") > Length("dyna"));

        int Length(string name)
        {
            var learner = Make<Cliff>(name, config, Cliff.Grid);
            Learn(learner, 3000);
            var environment = TabularRuns.Make<Cliff>(1, Seeds.Evaluation);
            var actions = new ActionBatch(environment.Spec.Actions, 1);
            var random = Seeds.Start();
            for (var t = 1; t < 1000; t++)
            {
                learner.Policy.Act(environment.Frames, PolicyMemory.None, ref random, actions);
                if (environment.Step(actions).Ends[0] == End.Terminated) return t;
            }
            return 1000;
        }
    }

    [Theory, MemberData(nameof(All))]
    public void Learners_Mask_NeverTakeOrBootstrapFromAnIllegalAction(string name)
    {
        var config = new TabularConfig { Steps = 30_000, Discount = 0.9, LearningRate = 0.02, FinalExploration = 0 };
        var initial = new ActionValues(1, 3);
        initial.Prefer(0, action: 2, value: 1000, margin: 1000);         // a bait that only a mistake can bite
        var learner = Make<Forbidden>(name, config, TabularRuns.OneStateGrid, initial);
        var q = Learn(learner, 30_000);
        Assert.Equal(1 / (1 - 0.9 * 2 / 3), q[1], 0.35);                 // reward 1, survival 2/3
    }

    [Theory, MemberData(nameof(All))]
    public void Learners_SavedAndLoaded_ContinueBitForBit(string name)
    {
        var config = new TabularConfig { Steps = 20_000, EnvironmentCount = 3, IterationSteps = 500, VisitExponent = 0.6 };
        var (one, two) = (Make<Cliff>(name, config, Cliff.Grid), Make<Cliff>(name, config, Cliff.Grid));
        Learn(one, 6000);
        var bytes = new ArrayBufferWriter<byte>();
        one.Save(bytes);
        var reader = new SequenceReader<byte>(new(bytes.WrittenMemory));
        two.Load(ref reader);
        Assert.Equal(0, reader.Remaining);
        Assert.Equal(Learn(one, 15_000), Learn(two, 15_000));
    }

    [Theory, MemberData(nameof(All))]
    public void Learners_TinyRun_LeaveTheSameTrace(string name)
    {
        var config = new TabularConfig { Steps = 3_000, EnvironmentCount = 2, IterationSteps = 250, VisitExponent = 0.6, Discount = 0.97 };
        var cliff = Make<Cliff>(name, config, Cliff.Grid);
        var masked = Make<Forbidden>(name, config with { LearningRate = 0.2, VisitExponent = 0 }, TabularRuns.OneStateGrid);
        Learn(cliff, 3_000);
        Learn(masked, 3_000);
        var figures = string.Join(", ", cliff.Diagnostics.Select(figure => FormattableString.Invariant($"{figure.Key} {figure.Value:R}")));

        Snapshot.Matches($"{ParameterHash.Of(cliff.Weights)}\n{ParameterHash.Of(masked.Weights)}\n{figures}", $"trace_{name}");
    }

    [Fact]
    public void Epsilon_OverTheRun_FallsLinearlyToItsEndByTheGivenShare()
    {
        var config = new TabularConfig { Steps = 1000, InitialExploration = 1, FinalExploration = 0.05, ExplorationShare = 0.5 };
        Assert.Equal([1, 0.525, 0.05, 0.05], new[] { 0L, 250, 500, 1000 }.Select(config.Epsilon), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void Policy_NothingTried_TakesTheDefaultAction()
    {
        var values = new ActionValues(2, 3) { UntriedAction = 1 };
        values.Update(1, 2, -5, new TabularConfig());
        Assert.Equal(1, values.BestTried(0, []));
        Assert.Equal(2, values.BestTried(1, []));                        // tried and bad, but what is untried says nothing
        Assert.Equal(0, values.BestTried(0, [true, false, false]));
    }

    [Fact]
    public void VisitExponent_FirstVisit_TakesTheTargetWhole()
    {
        var values = new ActionValues(1, 1);
        var config = new TabularConfig { VisitExponent = 1 };
        foreach (var target in new[] { 4f, 8f, 3f }) values.Update(0, 0, target, config);
        Assert.Equal(5, values.Of(0)[0], 5);                             // exponent 1 averages
    }

    [Fact]
    public void Update_TargetNotFinite_StopsTheRun() => Assert.Throws<RunFailedException>(() => new ActionValues(1, 1).Update(0, 0, float.NaN, new()));
}
