using System.Buffers;

namespace Pilotage.Tensors;

/// <summary>Moves parameters against the gradient of a loss, in one pass over the flat buffers.</summary>
/// <param name="parameters">What to train; complete before the optimiser is made.</param>
/// <param name="learningRate">Step size, above 0.</param>
public abstract class Optimizer(Parameters parameters, double learningRate) : ISaved
{
    private int _parts;
    private float _loss;

    /// <summary>What is trained; parameters of other sets are constants to it.</summary>
    public Parameters Parameters => parameters;

    /// <summary>Step size of the next update; schedules set it.</summary>
    public double LearningRate { get; set; } = learningRate;

    /// <summary>Updates made so far.</summary>
    public long Updates { get; private set; }

    /// <summary>Bytes of the parameters' values and gradients and of what is kept of each.</summary>
    public long Bytes => (2 + StateCount) * sizeof(float) * (long)parameters.Values.Length;

    /// <summary>Numbers kept of each parameter from one update to the next.</summary>
    protected virtual int StateCount => 0;

    /// <summary>Backward pass, finite check, clipping by the global norm, update.</summary>
    /// <param name="loss">A scalar of the innermost open step. Where parts were accumulated before, it is the last part.</param>
    /// <param name="maximumNorm">The gradient is scaled down to this Euclidean norm where it is longer; <see langword="null"/> for no limit.</param>
    /// <returns>The loss and the norm before clipping.</returns>
    /// <exception cref="RunFailedException">The loss or the norm is not finite; the message names the first operation that made such a value. Nothing was updated.</exception>
    /// <exception cref="ArgumentException">The loss is not a scalar.</exception>
    /// <exception cref="InvalidOperationException">The step was begun without gradients, or the loss was computed with weights that have been updated since.</exception>
    public UpdateReport Descend(Tensor loss, float? maximumNorm = null)
    {
        Accumulate(loss);
        return Finish(maximumNorm, loss.Tape);
    }

    /// <summary>Backward pass of one part of a loss that is too large for one step; the update comes with <see cref="DescendAccumulated"/>, or with a last part given to <see cref="Descend"/>.</summary>
    /// <param name="loss">A scalar of the innermost open step. The parts add up: means over the whole must be taken with the whole's weights.</param>
    /// <exception cref="RunFailedException">The loss is not finite. The parts before it are forgotten.</exception>
    /// <exception cref="ArgumentException">The loss is not a scalar.</exception>
    /// <exception cref="InvalidOperationException">The step was begun without gradients, or the loss was computed with weights that have been updated since.</exception>
    public void Accumulate(Tensor loss)
    {
        if (loss.Shape.Count != 1) throw new ArgumentException($"The loss has shape {loss.Shape}; reduce it to one number, for example with Mean().", nameof(loss));
        if (_parts == 0) parameters.ClearGradients();
        var value = loss.Item();
        _loss = _parts++ == 0 ? value : _loss + value;
        try
        {
            loss.Tape.Backward(loss.Slot, parameters);
        }
        catch
        {
            _parts = 0;
            throw;
        }
        if (!float.IsFinite(value)) Fail(loss.Tape, OptimizerKernels.Norm(parameters.GradientMemory.Span));
    }

    /// <summary>Finite check, clipping and update with the sum of the accumulated parts.</summary>
    /// <param name="maximumNorm">The gradient is scaled down to this Euclidean norm where it is longer; <see langword="null"/> for no limit.</param>
    /// <returns>The parts' losses added up, and the norm before clipping.</returns>
    /// <exception cref="RunFailedException">The norm is not finite. Nothing was updated.</exception>
    /// <exception cref="InvalidOperationException">There is no accumulated part.</exception>
    public UpdateReport DescendAccumulated(float? maximumNorm = null)
    {
        if (_parts == 0) throw new InvalidOperationException("No part of a loss was accumulated since the last update; call Accumulate for each part first.");
        return Finish(maximumNorm, tape: null);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">Parts are accumulated: their gradients are not state of a run.</exception>
    public virtual void Save(IBufferWriter<byte> writer)
    {
        if (_parts > 0) throw new InvalidOperationException($"{_parts} parts of a loss are accumulated; save before the first or after the update.");
        writer.Write(Updates);
        writer.Write(BitConverter.DoubleToInt64Bits(LearningRate));
    }

    /// <inheritdoc/>
    public virtual void Load(ref SequenceReader<byte> reader)
    {
        Updates = reader.ReadLong();
        LearningRate = BitConverter.Int64BitsToDouble(reader.ReadLong());
    }

    /// <summary>One update; <see cref="Updates"/> already counts it.</summary>
    /// <param name="values">Flat parameters, changed in place.</param>
    /// <param name="gradient">Flat gradient, not yet scaled.</param>
    /// <param name="gradientScale">Factor for every gradient element: clipping.</param>
    protected abstract void Update(Span<float> values, ReadOnlySpan<float> gradient, float gradientScale);

    private UpdateReport Finish(float? maximumNorm, Tape? tape)
    {
        var gradient = parameters.GradientMemory.Span;
        var norm = OptimizerKernels.Norm(gradient);
        if (!float.IsFinite(norm)) Fail(tape, norm);
        // The small constant is that of the widely used libraries: it keeps a gradient at the limit from being scaled up by rounding.
        var scale = maximumNorm is { } limit && norm > limit ? limit / (norm + 1e-6f) : 1f;
        _parts = 0;
        Updates++;
        parameters.Updates++;
        Update(parameters.Values, gradient, scale);
        return new(_loss, norm);
    }

    private void Fail(Tape? tape, float norm)
    {
        _parts = 0;
        var guilty = tape?.FirstNonFinite() ?? -1;
        var where = guilty >= 0 ? $"the first value that is not finite was made by {tape!.Describe(guilty)}" : "all values were finite; the gradient overflowed on the way back";
        throw new RunFailedException($"Update {Updates + 1}: loss {_loss}, gradient norm {norm}; {where}. The parameters are as they were before this update.");
    }
}
