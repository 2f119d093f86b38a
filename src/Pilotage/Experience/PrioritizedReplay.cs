using System.Buffers;
using Pilotage.Environments;
using Pilotage.Policies;
using Pilotage.Tensors;

namespace Pilotage.Experience;

/// <summary>The last transitions, drawn the more often the more wrong the learner was about them.</summary>
/// <remarks>
/// Schaul et al., arXiv:1511.05952, the proportional variant: P(i) is proportional to (|error| + a little)^alpha, new transitions get the largest priority so far, and a
/// batch has one draw from each of its equal shares of the sum (appendix B.2.1). Weights (N P(i))^-beta are divided by the largest of the batch, so that they only make
/// steps smaller; N and the sum cancel in that.
/// </remarks>
public sealed class PrioritizedReplay : IReplay
{
    private const float Least = 1e-6f;                                                   // keeps what was known exactly from never being drawn again
    private readonly Replay _replay;
    private readonly SumTree _tree;                                                      // of p^alpha
    private readonly double _exponent;
    private double[] _masses = [];                                                       // of the last batch's size
    private double _largest = 1;

    /// <summary>Makes room.</summary>
    /// <param name="capacity">Transitions kept, at least 1; the oldest makes way.</param>
    /// <param name="spec">Gives the sizes.</param>
    /// <param name="exponent">alpha, in [0, 1]: 0 draws uniformly, 1 in proportion to the errors.</param>
    /// <exception cref="UserMistakeException">So many observations are more than an array can hold.</exception>
    public PrioritizedReplay(int capacity, EnvironmentSpec spec, double exponent)
    {
        if (!(exponent is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(exponent), $"PrioritizedReplay: the exponent is {exponent}; it must be in [0, 1].");
        (_replay, _tree, _exponent) = (new(capacity, spec), new(capacity), exponent);
    }

    /// <inheritdoc/>
    public int Capacity => _replay.Capacity;

    /// <inheritdoc/>
    public int Count => _replay.Count;

    /// <inheritdoc/>
    public long Bytes => _replay.Bytes + _tree.Bytes;

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<float> observation, AgentAction action, float reward, float discount, ReadOnlySpan<float> next, ReadOnlySpan<bool> nextLegal)
    {
        _tree[_replay.Next] = _largest;
        _replay.Add(observation, action, reward, discount, next, nextLegal);
    }

    /// <inheritdoc/>
    public void Sample(TransitionBatch batch, double importance, ref Randomness random)
    {
        if (Count == 0) throw new InvalidOperationException("Nothing was added yet.");
        if (_masses.Length != batch.Size) _masses = new double[batch.Size];
        var share = _tree.Total / batch.Size;
        for (var i = 0; i < batch.Size; i++) _masses[i] = (i + random.NextDouble()) * share;
        _tree.Find(_masses, batch.Places);
        var least = double.MaxValue;
        foreach (var place in batch.Places) least = Math.Min(least, _tree[place]);
        for (var i = 0; i < batch.Size; i++) batch.Weights[i] = (float)(least / _tree[batch.Places[i]]);
        using (Step.Begin(gradient: Gradient.None)) Tensor.From(batch.Weights, batch.Size).Power((float)importance).CopyTo(batch.Weights);
        _replay.Read(batch);
    }

    /// <inheritdoc/>
    public void Reprioritize(TransitionBatch batch, ReadOnlySpan<float> errors)
    {
        using var weights = new Scratch(batch.Size);
        using (Step.Begin(gradient: Gradient.None)) (Tensor.From(errors, batch.Size).Abs() + Least).Power((float)_exponent).CopyTo(weights.Values);
        for (var i = 0; i < batch.Size; i++)
        {
            _tree[batch.Places[i]] = weights.Values[i];
            _largest = Math.Max(_largest, weights.Values[i]);
        }
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        _replay.Save(writer);
        writer.Write(_tree.Weights(Count));
        writer.Write(BitConverter.DoubleToInt64Bits(_largest));
    }

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        _replay.Load(ref reader);
        var weights = reader.ReadArray<double>();
        if (weights.Length != Count) throw new InvalidDataException($"The saved replay holds {Count} transitions but {weights.Length} priorities.");
        _tree.Fill(weights);
        _largest = BitConverter.Int64BitsToDouble(reader.ReadLong());
    }
}
