using Pilotage.Algorithms.Offline;
using Pilotage.Environments;
using Pilotage.Experience.Datasets;
using Pilotage.Policies;
using Xunit;

namespace Pilotage.Tests.Algorithms.Offline;

/// <summary>Each objective on data whose fixed point is known: a linear network on one-hot states is a table.</summary>
public sealed class OfflineObjectivesTests
{
    private static readonly OfflineConfig Table = new()
    {
        Steps = 4000, BatchSize = 64, Hidden = [], LearningRate = 0.01, TargetPeriod = 20, Discount = 0.5, Heads = 8, DrawnActions = 8,
    };

    public static TheoryData<string> BootstrapFromTheBest => ["dqn", "qr-dqn", "rem"];

    public static TheoryData<string> BootstrapFromTheData => ["bve", "mce"];

    public static TheoryData<string> Valued => ["bve", "mce", "dqn", "qr-dqn", "rem", "bcq", "cql", "crr"];

    [Theory, MemberData(nameof(BootstrapFromTheBest))]
    public void Learn_Chain_ValuesGoingByTheBestThatFollows(string name)
    {
        var policy = Learn(name, OfflineProblems.Chain(good: 2), Table);
        Assert.Equal(0.25, Value(policy, [1, 0], 0), Tolerance(name));
        Assert.Equal(0.5, Value(policy, [1, 0], 1), Tolerance(name));
        Assert.Equal(1, Value(policy, [0, 1], 0), Tolerance(name));
        Assert.Equal(0, Value(policy, [0, 1], 1), Tolerance(name));
    }

    [Theory, MemberData(nameof(BootstrapFromTheData))]
    public void Learn_Chain_ValuesGoingByWhatTheDataDoNext(string name)
    {
        // Two of eight: 0.5 x 0.25. Stopping looks better, which it is not for who plays well.
        var policy = Learn(name, OfflineProblems.Chain(good: 2), Table);
        Assert.Equal(0.25, Value(policy, [1, 0], 0), 0.02);
        Assert.Equal(0.125, Value(policy, [1, 0], 1), 0.03);
        Assert.Equal(1, Value(policy, [0, 1], 0), 0.02);
    }

    [Fact]
    public void Learn_Chain_CloningDrawsActionsAsOftenAsTheData()
    {
        var policy = (SoftmaxPolicy)Learn("bc", OfflineProblems.Chain(good: 2), Table);
        var probabilities = new float[4];
        policy.Probabilities([1, 0, 0, 1], [], probabilities);
        Assert.Equal(0.5, probabilities[0], 0.03);
        Assert.Equal(0.25, probabilities[2], 0.03);
    }

    [Theory]
    [InlineData(0.2, 0.5)]
    [InlineData(0.5, 0)]
    public void Learn_Chain_ConstrainedValuesBelieveOnlyWhatIsDoneOftenEnough(double threshold, double going)
    {
        // The paying action is a third as probable as the other one.
        var policy = (BatchConstrainedPolicy)Learn("bcq", OfflineProblems.Chain(good: 2), Table with { AllowedShare = threshold });
        Assert.Equal(going, Value(policy.Values, [1, 0], 1), 0.03);
    }

    [Fact]
    public void Learn_Chain_ConservativeValuesSatisfyTheirEquation()
    {
        // Where the loss is flat: p(a) (Q(a) - y(a)) = alpha (p(a) - softmax(Q)(a)), p the share of an action in the data's state.
        var policy = Learn("cql", OfflineProblems.Chain(good: 2), Table with { PenaltyWeight = 0.1, LearningRate = 3e-3, Steps = 8000 });
        double[] second = [Value(policy, [0, 1], 0), Value(policy, [0, 1], 1)];
        double[] first = [Value(policy, [1, 0], 0), Value(policy, [1, 0], 1)];
        IsFlat(second, shares: [0.25, 0.75], targets: [1, 0]);
        IsFlat(first, shares: [0.5, 0.5], targets: [0.25, 0.5 * second.Max()]);
        Assert.True(second[0] < 0.95, "what is rarely done is believed less");

        static void IsFlat(double[] values, double[] shares, double[] targets)
        {
            var sum = values.Sum(Math.Exp);
            for (var a = 0; a < 2; a++) Assert.Equal(0.1 * (shares[a] - Math.Exp(values[a]) / sum), shares[a] * (values[a] - targets[a]), 0.01);
        }
    }

    [Fact]
    public void Learn_Chain_RegressionDrawsWhatIsWorthMore()
    {
        var policy = (SoftmaxPolicy)Learn("crr", OfflineProblems.Chain(good: 2), Table);
        var probabilities = new float[4];
        policy.Probabilities([1, 0, 0, 1], [], probabilities);
        Assert.True(probabilities[1] > 0.85, $"going has probability {probabilities[1]}");
        Assert.True(probabilities[2] > 0.85, $"what pays has probability {probabilities[2]}");
    }

    [Theory, MemberData(nameof(Valued))]
    public void Learn_TimeLimit_BootstrapsThroughIt(string name)
    {
        var config = Table with { Discount = 0.8, Steps = 3000, PenaltyWeight = 0 };
        Assert.Equal(1, Value(Learn(name, OfflineProblems.Income(End.Truncated), config), [1], 0), Tolerance(name));
    }

    [Theory, MemberData(nameof(Valued))]
    public void Learn_Termination_DoesNot(string name)
    {
        // Three of four steps are followed by another: Q = 0.2 + 0.75 x 0.8 Q. Returns to go: the mean of 1 - 0.8^k, k = 1 to 4.
        var config = Table with { Discount = 0.8, Steps = 3000, PenaltyWeight = 0 };
        var expected = name == "mce" ? 0.4096 : 0.5;
        Assert.Equal(expected, Value(Learn(name, OfflineProblems.Income(End.Terminated), config), [1], 1), Tolerance(name));
    }

    [Theory, MemberData(nameof(Valued))]
    public void Learn_MaskedNextFrame_BootstrapsFromLegalActionsAlone(string name)
    {
        // With the illegal action in the targets of gamma 0.8 the values would be 4 and 5.
        var policy = Learn(name, OfflineProblems.Masked(), Table with { Discount = 0.8, Steps = 3000 });
        Assert.Equal(0, Value(policy, [1], 0), Tolerance(name));
        Assert.Equal(1, Value(policy, [1], 1), Tolerance(name));
    }

    [Theory]
    [InlineData("bc")]
    [InlineData("crr")]
    public void Learn_MaskedFrames_DrawsLegalActionsAlone(string name)
    {
        var policy = (SoftmaxPolicy)Learn(name, OfflineProblems.Masked(), Table with { Discount = 0.8, Steps = 200 });
        var probabilities = new float[4];
        policy.Probabilities([1, 1], [true, false, false, true], probabilities);
        Assert.Equal([1, 0, 0, 1], probabilities);
    }

    // Nothing pulls the last of the fifty quantiles down: it keeps what it began with, and through its own targets lifts others.
    private static double Tolerance(string name) => name == "qr-dqn" ? 0.25 : 0.05;

    private static IPolicy Learn(string name, TransitionDataset dataset, OfflineConfig config)
    {
        if (name == "qr-dqn") config = config with { Quantiles = 50, BatchSize = 16 };
        Learner = new OfflineLearner(OfflineCatalog.Find(name), config, dataset, SeedTree.Root(3));
        while (Learner.Steps < config.Steps) Learner.Iterate();
        return Learner.Policy;
    }

    [ThreadStatic]
    private static OfflineLearner? _learner;

    private static OfflineLearner Learner { get => _learner!; set => _learner = value; }

    private static double Value(IPolicy policy, float[] observation, int action)
    {
        var values = new float[2];
        switch (policy)
        {
            case QNetwork network: network.Values(observation, values); break;
            case BatchConstrainedPolicy constrained: constrained.Values.Values(observation, values); break;
            default: return TableValue(observation, action);
        }
        return values[action];
    }

    // The critic of an actor is not part of its policy: read it from the weights.
    private static double TableValue(float[] observation, int action)
    {
        var weights = Learner.Weights.First(block => block.Name == "q.0.weight").Values.Span;
        var value = Learner.Weights.First(block => block.Name == "q.0.bias").Values.Span[action];
        for (var i = 0; i < observation.Length; i++) value += observation[i] * weights[i * 2 + action];
        return value;
    }
}
