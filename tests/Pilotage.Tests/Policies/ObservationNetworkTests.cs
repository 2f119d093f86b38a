using Pilotage.Environments;
using Pilotage.Policies;
using Pilotage.Tensors;
using Xunit;

namespace Pilotage.Tests.Policies;

public sealed class ObservationNetworkTests
{
    private static readonly EnvironmentSpec Spec = Of(3);

    private static EnvironmentSpec Of(int count) => new()
    {
        Name = "Candidates", ObservationSize = 2 * count + 1, Candidates = new(count, 2, 1), Actions = new ActionSpace.Discrete(count, Masked: true),
    };

    private static ActorCritic Actor(EnvironmentSpec spec)
    {
        var networks = new ActorCritic(spec, [8, 8], Activation.Tanh, SeedTree.Root(1));
        for (var i = 0; i < networks.Parameters.Values.Length; i++) networks.Parameters.Values[i] += (i * 29 % 31 - 15) / 40f;
        return networks;
    }

    private static (float[] Scores, float Value) Apply(ActorCritic networks, params float[] observation)
    {
        using var step = Step.Begin();
        var (pi, value) = networks.Forward(Tensor.From(observation, 1, observation.Length), default);
        var scores = new float[networks.Spec.Candidates!.Count];
        pi.LogProbabilities.CopyTo(scores);
        return (scores, value.Item());
    }

    [Fact]
    public void ActorCritic_CandidatesInAnotherOrder_AreScoredInThatOrder_AndTheValueStays()
    {
        var networks = Actor(Spec);
        var (scores, value) = Apply(networks, 0.1f, 2, -1, 0.5f, 0.7f, -0.3f, 0.4f);
        var (turned, turnedValue) = Apply(networks, 0.7f, -0.3f, 0.1f, 2, -1, 0.5f, 0.4f);
        Assert.Equal([scores[2], scores[0], scores[1]], turned, (a, b) => Math.Abs(a - b) < 1e-6f);
        Assert.Equal(value, turnedValue, 1e-5f);
        Assert.True(scores.Max() - scores.Min() > 0.05f);
    }

    [Fact]
    public void ActorCritic_Context_ReachesEveryCandidate()
    {
        var networks = Actor(Spec);
        Assert.NotEqual(Apply(networks, 0.1f, 2, -1, 0.5f, 0.7f, -0.3f, 0.4f).Scores, Apply(networks, 0.1f, 2, -1, 0.5f, 0.7f, -0.3f, -2f).Scores);
    }

    [Fact]
    public void ActorCritic_MoreCandidates_TakeTheSameWeights()
    {
        var (few, many) = (Actor(Spec), Actor(Of(5)));
        Assert.Equal(few.Parameters.Values.ToArray(), many.Parameters.Values.ToArray());
        // Twice the same candidates: the same value, and scores that differ by the logarithm of 2 alone.
        var (scores, value) = Apply(few, 1, 2, 3, 4, 5, 6, 0.5f);
        var twice = Apply(Actor(Of(6)), 1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6, 0.5f);
        Assert.Equal(value, twice.Value, 1e-5f);
        Assert.Equal(scores[1] - MathF.Log(2), twice.Scores[4], 1e-5f);
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public void QNetwork_CandidatesInAnotherOrder_AreValuedInThatOrder(bool isDueling)
    {
        var random = SeedTree.Root(2).Start();
        var network = new QNetwork(Spec, [8, 8], Activation.Relu, ref random, isDueling: isDueling);
        var (values, turned) = (new float[3], new float[3]);
        network.Values([0.1f, 2, -1, 0.5f, 0.7f, -0.3f, 0.4f], values);
        network.Values([0.7f, -0.3f, 0.1f, 2, -1, 0.5f, 0.4f], turned);
        Assert.Equal([values[2], values[0], values[1]], turned, (a, b) => Math.Abs(a - b) < 1e-5f);
    }

    [Fact]
    public void PolicyFile_ACandidateActor_ComesBackAndActsTheSame()
    {
        var folder = Directory.CreateTempSubdirectory("pilotage-test").FullName;
        var networks = Actor(Spec);
        PolicyFile.Save(networks.Greedy, Spec, folder);
        var (random, actions) = (SeedTree.Root(0).Start(), new ActionBatch(Spec.Actions, 1));
        float[] seen = [0.1f, 2, -1, 0.5f, 0.7f, -0.3f, 0.4f];
        PolicyFile.Load(folder, Spec).Act(new(1, seen, [true, true, true]), PolicyMemory.None, ref random, actions);
        var scores = Apply(networks, seen).Scores;
        Assert.Equal(Array.IndexOf(scores, scores.Max()), actions.Indices[0]);
        Assert.Equal(Spec.Candidates, PolicyFile.ReadManifest(folder).Environment.Candidates);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Description_CandidatesThatDoNotFit_AreRefused()
    {
        var wrong = Spec with { Candidates = new(2, 2, 1) };
        Assert.Contains("Candidates lists 2 candidates", Assert.Throws<RunFailedException>(() => new VectorEnvironment<Still>([new()], SeedTree.Root(0), wrong)).Message, StringComparison.Ordinal);
    }

    private readonly struct Still : IEnvironment
    {
        public static EnvironmentSpec Describe() => Spec;

        public void Reset(Frame first, ref Randomness random) => first.Observation.Clear();

        public Outcome Step(AgentAction action, Frame next, ref Randomness random)
        {
            next.Observation.Clear();
            return new(0);
        }
    }
}
