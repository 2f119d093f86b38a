using Pilotage.Algorithms.Tabular;
using Pilotage.Environments;
using Pilotage.Networks;
using Pilotage.Policies;
using Pilotage.Tensors;

namespace Pilotage.Lab.Tests.Onnx;

/// <summary>A policy to be held against its graph.</summary>
/// <param name="Name">In the table of docs/export.md.</param>
/// <param name="Spec">Where it acts.</param>
/// <param name="Policy">With weights far from where they begin.</param>
/// <param name="Scores">Log-probabilities or values of the choices, [rows, sum of counts]; <see langword="null"/> where there are none to compare.</param>
internal sealed record OnnxCase(string Name, EnvironmentSpec Spec, IPolicy Policy, Func<float[], bool[], float[]>? Scores = null)
{
    private const int Size = 5;
    private static readonly ActionSpace Choice = new ActionSpace.Discrete(4);
    private static readonly ActionSpace MaskedChoice = new ActionSpace.Discrete(4, Masked: true);
    private static readonly ActionSpace Box = new ActionSpace.Box([-1, 0, -0.4f], [1, 10, 0.4f]);
    private static readonly ActionSpace Many = new ActionSpace.Discrete(Size);
    private static readonly CandidateLayout ChoiceCandidates = new(4, 1, 1);
    private static readonly CandidateLayout BoxCandidates = new(3, 1, 2);
    private static readonly CandidateLayout ManyCandidates = new(Size, 1);
    private static readonly ActionSpace Both = new ActionSpace.Composite(new([3, 2, 4], Masked: true), new([-1, 0], [1, 10]));

    /// <summary>At least one of every kind that <c>policy.json</c> knows, and of every way through it.</summary>
    public static IReadOnlyList<OnnxCase> All { get; } = [.. Make()];

    private static IEnumerable<OnnxCase> Make()
    {
        var random = SeedTree.Root(7).Start();
        yield return Actor("actor, one choice", Choice, [32, 16], Activation.Tanh, isGreedy: true, ref random);
        yield return Actor("actor, one choice, masked", MaskedChoice, [32], Activation.Relu, isGreedy: true, ref random);
        yield return Actor("actor, one choice, masked, draws", MaskedChoice, [32], Activation.Silu, isGreedy: false, ref random);
        yield return Actor("actor, linear", Choice, [], Activation.Tanh, isGreedy: true, ref random);
        yield return Actor("actor, several choices", new ActionSpace.MultiDiscrete([3, 3]), [32], Activation.Gelu, isGreedy: true, ref random);
        yield return Actor("actor, several choices, masked, draws", new ActionSpace.MultiDiscrete([3, 2, 5], Masked: true), [32], Activation.Sigmoid, isGreedy: false, ref random);
        yield return Actor("actor, box", Box, [64, 64], Activation.Tanh, isGreedy: true, ref random);
        yield return Actor("actor, box, draws", Box, [32], Activation.Selu, isGreedy: false, ref random);
        yield return Actor("actor, choices and box, masked", Both, [32], Activation.Elu, isGreedy: true, ref random);
        yield return Actor("actor, choices and box, masked, draws", Both, [32], Activation.Tanh, isGreedy: false, ref random);
        yield return Actor("actor of candidates, masked, draws", MaskedChoice, [32, 16], Activation.Tanh, isGreedy: false, ref random, ChoiceCandidates);
        yield return Actor("actor of candidates without context, linear", Many, [], Activation.Tanh, isGreedy: true, ref random, ManyCandidates);
        yield return Recurrent("recurrent actor, one choice, masked", MaskedChoice, isGreedy: true, ref random);
        yield return Recurrent("recurrent actor, box", Box, isGreedy: true, ref random);
        yield return Recurrent("recurrent actor, choices and box, draws", Both, isGreedy: false, ref random);
        yield return Values("Q-network", Choice, [32, 16], Activation.Relu, false, 1, ref random);
        yield return Values("Q-network, masked", MaskedChoice, [32], Activation.Tanh, false, 1, ref random);
        yield return Values("Q-network, dueling, masked", MaskedChoice, [32, 16, 8], Activation.Relu, true, 1, ref random);
        yield return Values("Q-network, dueling, one hidden layer", Choice, [16], Activation.Relu, true, 1, ref random);
        yield return Values("Q-network, quantiles, masked", MaskedChoice, [32], Activation.Relu, false, 9, ref random);
        yield return Values("Q-network, dueling, quantiles", Choice, [32, 16], Activation.Relu, true, 7, ref random);
        yield return Values("Q-network of candidates, quantiles, masked", MaskedChoice, [32], Activation.Relu, false, 9, ref random, ChoiceCandidates);
        yield return Values("Q-network of candidates, dueling, masked", MaskedChoice, [32, 16], Activation.Relu, true, 1, ref random, ChoiceCandidates);
        yield return Values("Q-network of candidates, dueling, quantiles, linear", Many, [], Activation.Relu, true, 7, ref random, ManyCandidates);
        yield return Squashed("squashed actor", new(), isGreedy: true, ref random);
        yield return Squashed("squashed actor, draws", new(), isGreedy: false, ref random);
        yield return Squashed("squashed actor, layer norm, softplus, draws", new() { Normalization = Normalization.Layer, Deviation = DeviationForm.Softplus }, isGreedy: false, ref random);
        yield return Squashed("squashed actor, root-mean-square norm", new() { Normalization = Normalization.RootMeanSquare }, isGreedy: true, ref random);
        yield return Squashed("squashed actor of candidates, draws", new(), isGreedy: false, ref random, BoxCandidates);
        yield return Deterministic("deterministic actor", ref random);
        yield return Deterministic("deterministic actor of candidates", ref random, BoxCandidates);
        yield return Strength("strength actor", ref random);
        yield return Softmax("softmax, masked, draws", ref random);
        yield return Constrained("batch-constrained values, masked", ref random);
        yield return Table("table", Choice, ref random);
        yield return Table("table, masked", MaskedChoice, ref random);
        yield return Normalized(Actor("normalised actor, box (also CMA-ES)", Box, [64, 64], Activation.Tanh, isGreedy: true, ref random), ref random);
        yield return Normalized(Values("normalised Q-network, masked", MaskedChoice, [32], Activation.Relu, false, 1, ref random), ref random);
        yield return Normalized(Values("normalised Q-network of candidates, dueling", Choice, [32, 16], Activation.Relu, true, 1, ref random, ChoiceCandidates), ref random);
        yield return Normalized(Recurrent("normalised recurrent actor", MaskedChoice, isGreedy: true, ref random), ref random);
    }

    private static EnvironmentSpec SpecOf(ActionSpace actions, CandidateLayout? candidates = null) => new() { Name = "Toy", ObservationSize = Size, Actions = actions, Candidates = candidates, ObservationNames = ["a", "b", "c", "d", "e"] };

    private static OnnxCase Actor(string name, ActionSpace actions, int[] hidden, Activation activation, bool isGreedy, ref Randomness random, CandidateLayout? candidates = null)
    {
        var spec = SpecOf(actions, candidates);
        var networks = new ActorCritic(spec, hidden, activation, SeedTree.Root(1));
        Scatter(networks.Parameters, ref random);
        return new(name, spec, isGreedy ? networks.Greedy : networks.Sampling, actions.IndexCount == 0 ? null : Scores);

        float[] Scores(float[] observations, bool[] legal)
        {
            using var step = Step.Begin(Device.Managed, Gradient.None);
            var rows = observations.Length / Size;
            var mask = legal.Length == 0 ? default : Mask.From(legal, rows, legal.Length / rows);
            var logPi = networks.Forward(Tensor.From(observations, rows, Size), mask).Pi.LogProbabilities;
            var padded = new float[logPi.Shape.Count];
            logPi.CopyTo(padded);
            int[] counts = actions switch { ActionSpace.Discrete one => [one.Count], ActionSpace.MultiDiscrete many => [.. many.Counts], ActionSpace.Composite both => [.. both.Choices.Counts], _ => [] };
            var largest = counts.Max();
            return [.. Enumerable.Range(0, rows).SelectMany(row => counts.SelectMany((count, choice) => padded.Skip((row * counts.Length + choice) * largest).Take(count)))];
        }
    }

    private static OnnxCase Recurrent(string name, ActionSpace actions, bool isGreedy, ref Randomness random)
    {
        var spec = SpecOf(actions);
        var networks = new RecurrentActorCritic(spec, 8, [16], Activation.Tanh, SeedTree.Root(1));
        Scatter(networks.Parameters, ref random);
        return new(name, spec, isGreedy ? networks.Greedy : networks.Sampling);
    }

    private static OnnxCase Values(string name, ActionSpace actions, int[] hidden, Activation activation, bool isDueling, int quantiles, ref Randomness random, CandidateLayout? candidates = null)
    {
        var spec = SpecOf(actions, candidates);
        var network = new QNetwork(spec, hidden, activation, ref random, isDueling: isDueling, quantiles: quantiles);
        Scatter(network.Parameters, ref random);
        return new(name, spec, network, (observations, _) => ValuesOf(network, observations));
    }

    private static float[] ValuesOf(QNetwork network, float[] observations)
    {
        var values = new float[observations.Length / Size * network.ActionCount];
        network.Values(observations, values);
        return values;
    }

    private static OnnxCase Squashed(string name, ActorForm form, bool isGreedy, ref Randomness random, CandidateLayout? candidates = null)
    {
        var actor = new SquashedActor(SpecOf(Box, candidates), [32, 16], Activation.Relu, ref random, form: form);
        Scatter(actor.Parameters, ref random);
        return new(name, actor.Spec, isGreedy ? actor.Greedy : actor.Sampling);
    }

    private static OnnxCase Deterministic(string name, ref Randomness random, CandidateLayout? candidates = null)
    {
        var actor = new DeterministicActor(SpecOf(Box, candidates), [32, 16], Activation.Relu, ref random);
        Scatter(actor.Parameters, ref random);
        return new(name, actor.Spec, actor);
    }

    private static OnnxCase Strength(string name, ref Randomness random)
    {
        var actor = new StrengthActor(new(), SpecOf(Box), 32, ref random);
        Scatter(actor.Parameters, ref random);
        return new(name, actor.Spec, actor.Greedy);
    }

    private static OnnxCase Softmax(string name, ref Randomness random)
    {
        var policy = new SoftmaxPolicy(SpecOf(MaskedChoice), [32], Activation.Selu, new Parameters(), ref random);
        Scatter(policy.Parameters, ref random);
        return new(name, policy.Spec, policy, (observations, legal) =>
        {
            var probabilities = new float[observations.Length / Size * policy.ActionCount];
            policy.Probabilities(observations, legal, probabilities);
            return [.. probabilities.Select(p => p == 0 ? float.MinValue : MathF.Log(p))];
        });
    }

    private static OnnxCase Constrained(string name, ref Randomness random)
    {
        var policy = new BatchConstrainedPolicy(SpecOf(MaskedChoice), [16], Activation.Relu, 0.3f, ref random);
        Scatter(policy.Parameters, ref random);
        return new(name, policy.Values.Spec, policy, (observations, _) => ValuesOf(policy.Values, observations));
    }

    private static OnnxCase Table(string name, ActionSpace actions, ref Randomness random)
    {
        var grid = new UniformGrid([-2, -2, -2, -2, -2], [2, 2, 2, 2, 2], [3, 2, 3, 2, 1]);
        var values = new ActionValues(grid.StateCount, 4) { UntriedAction = 1 };
        for (var i = 0; i < 60; i++) values.Visit(random.NextInt(grid.StateCount), random.NextInt(4), (float)random.NextNormal());       // of 36 x 4: some states stay untried
        return new(name, SpecOf(actions), new TabularPolicy(values, grid));
    }

    private static OnnxCase Normalized(OnnxCase inner, ref Randomness random)
    {
        var normalizer = new ObservationNormalizer(Size, clip: 2);
        for (var i = 0; i < 50; i++) normalizer.Update(new(1, [3 * (float)random.NextNormal() + 100, .. Enumerable.Repeat((float)random.NextNormal(), Size - 1)]));
        return inner with { Policy = new NormalizedPolicy(inner.Policy, normalizer), Scores = inner.Scores is null ? null : Scores };

        float[] Scores(float[] observations, bool[] legal)
        {
            var normalized = new float[observations.Length];
            normalizer.Apply(observations, normalized);
            return inner.Scores(normalized, legal);
        }
    }

    // About as large as those that were learned, biases too: a layer neither shrinks nor blows up what goes through.
    private static void Scatter(Parameters parameters, ref Randomness random)
    {
        foreach (var block in parameters.Blocks)
        {
            var deviation = block.Name.EndsWith("weight", StringComparison.Ordinal) ? 1.4f / MathF.Sqrt(block.Shape[^2]) : 0.4f;
            foreach (ref var value in block.Values.Span) value = deviation * (float)random.NextNormal();
        }
    }
}
