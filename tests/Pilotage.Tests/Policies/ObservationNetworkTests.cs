using Pilotage.Environments;
using Pilotage.Objectives;
using Pilotage.Policies;
using Pilotage.Tensors;
using Pilotage.Testing.Reference;
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

    private static readonly EnvironmentSpec Scored = Spec with { Actions = new ActionSpace.Box([-1, -1, -1], [1, 1, 1]) };
    private static readonly float[] Seen = [0.1f, 2, -1, 0.5f, 0.7f, -0.3f, 0.4f], Turned = [0.7f, -0.3f, 0.1f, 2, -1, 0.5f, 0.4f];

    private static DeterministicActor Deterministic(EnvironmentSpec spec)
    {
        var random = SeedTree.Root(2).Start();
        var actor = new DeterministicActor(spec, [8, 8], Activation.Tanh, ref random);
        for (var i = 0; i < actor.Parameters.Values.Length; i++) actor.Parameters.Values[i] += (i * 29 % 31 - 15) / 40f;
        return actor;
    }

    private static float[] Act(DeterministicActor actor, float[] observation)
    {
        var values = new float[actor.Dimensions];
        actor.Act(new(1, observation), [], values);
        return values;
    }

    [Fact]
    public void DeterministicActor_NumbersOfCandidates_AreSharesInTheBox_InAnyOrder_WhateverTheirSize()
    {
        var actor = Deterministic(Scored);
        var (numbers, turned) = (Act(actor, Seen), Act(actor, Turned));
        Assert.Equal([numbers[2], numbers[0], numbers[1]], turned, (a, b) => Math.Abs(a - b) < 1e-6f);
        Assert.Equal(1, numbers.Sum(number => (number + 1) / 2), 1e-5f);                    // shares of one choice
        Assert.True(numbers.Max() - numbers.Min() > 0.05f);
        for (var i = 0; i < actor.Parameters.Values.Length; i++) actor.Parameters.Values[i] *= 30;
        var edge = Act(actor, Seen);                                                       // far beyond where a tangent is flat: still not all on one edge
        Assert.Equal((1, 2), (edge.Count(number => number > 0.99f), edge.Count(number => number < -0.99f)));

        var (few, many) = (Deterministic(Scored), Deterministic(Of(5) with { Actions = new ActionSpace.Box([-1, -1, -1, -1, -1], [1, 1, 1, 1, 1]) }));
        Assert.Equal(few.Parameters.Values.ToArray(), many.Parameters.Values.ToArray());   // the same weights serve any count
    }

    [Fact]
    public void SquashedActor_Candidates_EachHasItsOwnGaussian_InAnyOrder()
    {
        var random = SeedTree.Root(2).Start();
        var actor = new SquashedActor(Scored, [8, 8], Activation.Tanh, ref random);
        for (var i = 0; i < actor.Parameters.Values.Length; i++) actor.Parameters.Values[i] += (i * 29 % 31 - 15) / 40f;
        var (means, deviations) = Moments(Seen);
        var (turnedMeans, turnedDeviations) = Moments(Turned);
        Assert.Equal([means[2], means[0], means[1]], turnedMeans, (a, b) => Math.Abs(a - b) < 1e-6f);
        Assert.Equal([deviations[2], deviations[0], deviations[1]], turnedDeviations, (a, b) => Math.Abs(a - b) < 1e-6f);
        Assert.True(means.Max() - means.Min() > 0.05f);
        // One bias moves all means, the other all deviations.
        var bias = actor.Parameters.All[^1].Values;
        Assert.Equal(2, bias.Length);
        bias[0] += 1;
        var (moved, stayed) = Moments(Seen);
        Assert.Equal(means.Select(mean => mean + 1), moved, (a, b) => Math.Abs(a - b) < 1e-5f);
        Assert.Equal(deviations, stayed);

        (float[] Means, float[] Deviations) Moments(float[] observation)
        {
            using var step = Step.Begin(gradient: Gradient.None);
            var (mean, logDeviation) = actor.Forward(Tensor.From(observation, 1, observation.Length));
            var (first, second) = (new float[3], new float[3]);
            mean.CopyTo(first);
            logDeviation.CopyTo(second);
            return (first, second);
        }
    }

    [Fact]
    public void ActionCritics_Candidates_SeeEachWithItsOwnNumber()
    {
        var random = SeedTree.Root(2).Start();
        var critics = new ActionCritics(Scored, 2, [8, 8], Activation.Tanh, ref random);
        float[] numbers = [0.9f, -0.5f, 0.2f];
        var values = Judge(Seen, numbers);
        Assert.Equal(values, Judge(Turned, [0.2f, 0.9f, -0.5f]), (a, b) => Math.Abs(a - b) < 1e-6f);       // candidates and numbers in another order together
        Assert.True(Math.Abs(values[0] - Judge(Turned, numbers)[0]) > 1e-3f);                                // candidates alone
        Assert.NotEqual(values[0], values[1]);
        using (Step.Begin(gradient: Gradient.None)) Assert.Equal(values[0], critics.FirstValues(Tensor.From(Seen, 1, 7), Tensor.From(numbers, 1, 3)).Item());

        // The gradient by the actor's numbers and by the critics' weights, beside the reference.
        var actor = Deterministic(Scored);
        Tensor States() => Tensor.From([.. Seen, .. Turned], 2, 7);
        Oracle.Check(() => DeterministicPolicy.Loss(critics.FirstValues(States(), actor.Forward(States()))), actor.Parameters);
        Assert.True(Slope() > 1e-6);                                                       // what the critics say reaches the actor: it climbs as steeply as it says
        Oracle.Check(() => 2f * ValueLoss.Squared(critics.Values(States(), Tensor.From([.. numbers, 0.1f, 0.3f, -0.8f], 2, 3)), Tensor.From([1, -2], 2)), critics.Parameters);

        // The squared length of the gradient, which is also the central difference along it.
        double Slope()
        {
            const float Small = 1e-2f;
            using (Step.Begin()) new Sgd(actor.Parameters, 1e-12).Descend(DeterministicPolicy.Loss(critics.FirstValues(States(), actor.Forward(States()))));
            float[][] gradient = [.. actor.Parameters.All.Select(parameter => parameter.Gradient.ToArray())];
            var squared = gradient.Sum(block => block.Sum(number => (double)number * number));
            var way = Small / (float)Math.Sqrt(squared);
            Assert.Equal(squared, (Loss(way) - Loss(-way)) / (2 * way), 0.02 * squared);
            return squared;

            double Loss(float along)
            {
                Move(along);
                using var step = Step.Begin(gradient: Gradient.None);
                var loss = DeterministicPolicy.Loss(critics.FirstValues(States(), actor.Forward(States()))).Item();
                Move(-along);
                return loss;
            }

            void Move(float along)
            {
                foreach (var (parameter, block) in actor.Parameters.All.Zip(gradient))
                    for (var i = 0; i < block.Length; i++) parameter.Values[i] += along * block[i];
            }
        }

        float[] Judge(float[] observation, float[] action)
        {
            using var step = Step.Begin(gradient: Gradient.None);
            var both = new float[2];
            critics.Values(Tensor.From(observation, 1, 7), Tensor.From(action, 1, 3)).CopyTo(both);
            return both;
        }
    }

    [Fact]
    public void PolicyFile_ADeterministicCandidateActor_ComesBackAndActsTheSame()
    {
        var folder = Directory.CreateTempSubdirectory("pilotage-test").FullName;
        var actor = Deterministic(Scored);
        PolicyFile.Save(actor, Scored, folder);
        var (random, actions) = (SeedTree.Root(0).Start(), new ActionBatch(Scored.Actions, 1));
        PolicyFile.Load(folder, Scored).Act(new(1, Seen), PolicyMemory.None, ref random, actions);
        Assert.Equal(Act(actor, Seen), actions.Values.ToArray());
        Directory.Delete(folder, recursive: true);
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
        var box = Spec with { Actions = new ActionSpace.Box([-1, -1], [1, 1]) };
        Assert.Contains("Candidates lists 3 candidates", Assert.Throws<RunFailedException>(() => new VectorEnvironment<Still>([new()], SeedTree.Root(0), box)).Message, StringComparison.Ordinal);
        Assert.Equal(3, new VectorEnvironment<Still>([new()], SeedTree.Root(0), Scored).Spec.Candidates!.Count);
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
