using Pilotage.Environments;
using Pilotage.Experience;
using Pilotage.Objectives;
using Pilotage.Policies;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Algorithms;

/// <summary>The gradient steps of <see cref="BehaviourCloning"/>: split, passes, losses.</summary>
internal sealed class CloningFit
{
    private const string Deviation = "policy.log_deviation";
    private readonly ActorCritic _networks;
    private readonly Demonstrations _shown;
    private readonly BehaviourCloningConfig _config;
    private readonly Adam _optimizer;
    private readonly UpdateMeans _means = new("value_loss", "entropy");
    private readonly float[] _deviation;
    private readonly int[] _training;
    private readonly int[] _validation;
    private readonly float[] _raw;                                                        // actions of a box in the distribution's unit, [n, dimensions]
    private readonly float[] _returns;                                                    // G, [n]
    private readonly float[] _finalValues;                                                // V of each piece's last frame
    private float[] _observations = [], _values = [], _targets = [];
    private bool[] _legal = [];
    private int[] _indices = [];
    private float[][] _kept = [];
    private Randomness _shuffle;

    public CloningFit(ActorCritic networks, Demonstrations shown, BehaviourCloningConfig config, SeedTree seeds)
    {
        if (shown.Count < 2)
            throw new UserMistakeException(new Mistake("PIL1105", $"There are {shown.Count} demonstrated steps of {shown.Spec.Name}; at least 2 are needed, one to learn from and one to check.", "", "Record more.").ToString());
        (_networks, _shown, _config) = (networks, shown, config);
        _optimizer = new(networks.Parameters, config.LearningRate);
        _deviation = DeviationBlock() is { } block ? block.Values.ToArray() : [];
        (_returns, _finalValues) = (new float[shown.Count], new float[shown.Episodes.Count]);
        _raw = new float[shown.ActionValues.Length];
        ToUnit(shown.Spec.Actions, shown.ActionValues, _raw);
        var random = seeds.Branch("split").Start();
        (_training, _validation) = Split(shown, config.ValidationShare, ref random);
        _shuffle = seeds.Shuffle.Branch("clone").Start();
    }

    /// <summary>Goes once through the steps to learn from, in a new order.</summary>
    public void Pass()
    {
        _networks.Value(_shown.FinalFrames, _finalValues);                                // bootstraps move with the critic
        _shown.ComputeReturns(_config.Discount, _finalValues, _returns);
        _shuffle.Shuffle(_training.AsSpan());
        var size = Math.Min(_config.BatchSize, _training.Length);
        for (var start = 0; start + size <= _training.Length; start += size)
        {
            Gather(_training.AsSpan(start, size));
            using var step = Step.Begin(_networks.Parameters.Device);
            _optimizer.Descend(Loss(size));
            if (_deviation.Length > 0) _deviation.CopyTo(DeviationBlock()!.Values);
        }
    }

    /// <summary>Mean -log pi(a | s) of the steps held back.</summary>
    public double ValidationLoss()
    {
        var sum = 0.0;
        for (var start = 0; start < _validation.Length; start += _config.BatchSize)
        {
            var size = Math.Min(_config.BatchSize, _validation.Length - start);
            Gather(_validation.AsSpan(start, size));
            using var step = Step.Begin(_networks.Parameters.Device, Gradient.None);
            sum -= LogProbability(size).Pi.Sum().Item();
        }
        return sum / _validation.Length;
    }

    /// <summary>Share of the steps held back whose discrete choices are all the greedy ones; 1 where there is none.</summary>
    public double Agreement()
    {
        var (actions, agreed, unused) = (new ActionBatch(_shown.Spec.Actions, 1), 0, default(Randomness));
        foreach (var step in _validation)
        {
            _networks.Greedy.Act(new(1, _shown.Observation(step), _shown.LegalOf(step)), PolicyMemory.None, ref unused, actions);
            if (_shown.Action(step).Indices.SequenceEqual(actions.Indices)) agreed++;
        }
        return (double)agreed / _validation.Length;
    }

    public IReadOnlyList<KeyValuePair<string, double>> Figures() => _means.Take();

    /// <summary>Remembers all weights but the critic's.</summary>
    public void KeepActor() => _kept = [.. ActorBlocks().Select(block => block.Values.ToArray())];

    /// <summary>Takes the remembered weights back.</summary>
    public void RestoreActor()
    {
        foreach (var (block, values) in ActorBlocks().Zip(_kept)) values.CopyTo(block.Values);
    }

    private IEnumerable<WeightBlock> ActorBlocks() => _networks.Parameters.Blocks.Where(block => !block.Name.StartsWith("value.", StringComparison.Ordinal));

    private Tensor Loss(int size)
    {
        var (logPi, entropy, value) = LogProbability(size);
        var valueLoss = ValueLoss.Squared(value, Tensor.From(_targets, size));
        _means.Add("value_loss", valueLoss.Item());
        _means.Add("entropy", entropy.Item());
        return -logPi.Mean() - (float)_config.EntropyWeight * entropy + (float)_config.ValueWeight * valueLoss;
    }

    private (Tensor Pi, Tensor Entropy, Tensor Value) LogProbability(int size)
    {
        var actions = _shown.Spec.Actions;
        var legal = actions.LegalCount == 0 ? default : Mask.From(_legal, size, actions.LegalCount);
        var (pi, value) = _networks.Forward(Tensor.From(_observations, size, _shown.Spec.ObservationSize), legal);
        var indices = actions is ActionSpace.Discrete ? Indices.From(_indices, size) : Indices.From(_indices, size, actions.IndexCount);
        return (pi.LogProbability(indices, Tensor.From(_values, size, actions.ValueCount)), pi.MeanEntropy(), value);
    }

    private void Gather(ReadOnlySpan<int> steps)
    {
        var actions = _shown.Spec.Actions;
        Rows(_shown.Observations, steps, ref _observations, _shown.Spec.ObservationSize);
        Rows(_shown.Legal, steps, ref _legal, actions.LegalCount);
        Rows(_shown.ActionIndices, steps, ref _indices, actions.IndexCount);
        Rows<float>(_raw, steps, ref _values, actions.ValueCount);
        Rows<float>(_returns, steps, ref _targets, 1);
    }

    private static void Rows<T>(ReadOnlySpan<T> from, ReadOnlySpan<int> steps, ref T[] to, int width)
    {
        if (to.Length != steps.Length * width) to = new T[steps.Length * width];
        for (var i = 0; i < steps.Length; i++) from.Slice(steps[i] * width, width).CopyTo(to.AsSpan(i * width));
    }

    // Whole pieces of play in random order; the last steps are held back, so that at most one piece is cut in two.
    private static (int[] Training, int[] Validation) Split(Demonstrations shown, double share, ref Randomness random)
    {
        var pieces = shown.Episodes.ToArray();
        random.Shuffle(pieces.AsSpan());
        var steps = pieces.SelectMany(piece => Enumerable.Range(piece.Start, piece.Length)).ToArray();
        var held = Math.Clamp((int)(share * steps.Length), 1, steps.Length - 1);
        return (steps[..^held], steps[^held..]);
    }

    // The inverse of what an actor does with its numbers: half widths of the box around its centre.
    private static void ToUnit(ActionSpace space, ReadOnlySpan<float> values, Span<float> raw)
    {
        if (space.Bounds is not { } box) return;
        for (var i = 0; i < raw.Length; i++)
        {
            var (low, high) = (box.Low[i % box.ValueCount], box.High[i % box.ValueCount]);
            raw[i] = (Math.Clamp(values[i], low, high) - (low + high) / 2) / ((high - low) / 2);
        }
    }

    private WeightBlock? DeviationBlock() => _networks.Parameters.Blocks.FirstOrDefault(block => block.Name == Deviation);
}
