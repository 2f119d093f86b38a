using Pilotage.Tensors.Kernels;
using Pilotage.Training;

namespace Pilotage.Tensors;

/// <summary>All parameters of a network in one flat value buffer beside one flat gradient buffer, so that an optimiser is one pass.</summary>
/// <remarks>
/// Each parameter begins at a multiple of sixteen elements; the padding between them is zero, gets no gradient and stays zero. Reading is thread-safe while
/// no one writes. Adding moves the buffers: build networks first, then take views.
/// </remarks>
/// <param name="device">Where those who own the parameters compute with them; <see langword="null"/> for <see cref="Device.Managed"/>. The values themselves always lie in this process's memory.</param>
public sealed class Parameters(Device? device = null)
{
    internal const int Alignment = 16;
    private readonly List<Parameter> _all = [];
    private AlignedBuffer _values = new(0);
    private AlignedBuffer _gradients = new(0);
    private int _length;
    private bool _isFilledLater;

    /// <summary>Where networks of these parameters are computed: what their owners open a <see cref="Step"/> with.</summary>
    public Device Device { get; } = device ?? Device.Managed;

    /// <summary>The parameters in the order in which they were added.</summary>
    public IReadOnlyList<Parameter> All => _all;

    /// <summary>Number of parameters' elements, without padding.</summary>
    public int Count => _all.Sum(p => p.Shape.Count);

    /// <summary>The flat values, padding included; a live view.</summary>
    public Span<float> Values => ValueMemory.Span;

    /// <summary>The flat gradients of the last backward pass, padding included; a live view.</summary>
    public ReadOnlySpan<float> Gradients => GradientMemory.Span;

    /// <summary>Named views of the live values, for checkpoints and hashes.</summary>
    public IReadOnlyList<WeightBlock> Blocks => [.. _all.Select(p =>
    {
        var shape = new int[p.Shape.Rank];
        p.Shape.CopyTo(shape);
        return new WeightBlock(p.Name, shape, _values.Memory.Slice(p.Offset, p.Shape.Count));
    })];

    internal Memory<float> ValueMemory => _values.Memory[.._length];

    internal Memory<float> GradientMemory => _gradients.Memory[.._length];

    internal unsafe float* ValuePointer => _values.Start;

    internal unsafe float* GradientPointer => _gradients.Start;

    /// <summary>Updates by optimisers; a backward pass must not use weights that changed since the forward pass.</summary>
    internal int Updates { get; set; }

    /// <summary>Adds a parameter and fills it.</summary>
    /// <param name="name">Dotted path, unique here.</param>
    /// <param name="shape">Its extents.</param>
    /// <param name="initializer">Fills the values.</param>
    /// <param name="random">The stream to draw from.</param>
    /// <returns>The parameter.</returns>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public Parameter Add(string name, Shape shape, Initializer initializer, ref Randomness random)
    {
        if (_all.Any(p => p.Name == name)) throw new ArgumentException($"There is already a parameter named {name}.", nameof(name));
        var parameter = new Parameter(this, name, shape, _length);
        var length = parameter.Offset + (shape.Count + Alignment - 1) / Alignment * Alignment;
        if (length > _values.Memory.Length) Grow(length);
        _length = length;
        _all.Add(parameter);
        if (!_isFilledLater) initializer.Fill(parameter.Values, shape, ref random);
        return parameter;
    }

    /// <summary>Makes room at once for parameters whose values come from a file: a large model is neither moved at each addition nor filled twice.</summary>
    internal void ReserveUnfilled(int length)
    {
        _isFilledLater = true;
        if (length > _values.Memory.Length) Grow(length);
    }

    /// <summary>Moves every value towards another set's: v = (1 - rate) v + rate s (Polyak averaging).</summary>
    /// <param name="source">Parameters of the same names and shapes, in the same order.</param>
    /// <param name="rate">In [0, 1]: 0 keeps, 1 copies.</param>
    /// <exception cref="ArgumentException">The layouts differ, or the rate lies outside [0, 1].</exception>
    public void BlendFrom(Parameters source, float rate)
    {
        if (!(rate is >= 0 and <= 1)) throw new ArgumentException($"The rate is {rate}; it must be in [0, 1].", nameof(rate));
        if (!HasLayoutOf(source))
            throw new ArgumentException("The two sets of parameters have different layouts.", nameof(source));
        if (rate == 1) source.Values.CopyTo(Values);
        else ElementChunks.Blend(Values, source.Values, rate, Device.Workers);
    }

    private bool HasLayoutOf(Parameters other)
    {
        if (other._all.Count != _all.Count) return false;
        for (var i = 0; i < _all.Count; i++)
            if (other._all[i].Name != _all[i].Name || other._all[i].Shape != _all[i].Shape) return false;
        return true;
    }

    private void Grow(int length)
    {
        var grown = new AlignedBuffer(length);
        Values.CopyTo(grown.Memory.Span);
        (_values, _gradients) = (grown, new(length));
    }

    internal void ClearGradients() => GradientMemory.Span.Clear();
}
