using Pilotage.Training;

namespace Pilotage.Tensors;

/// <summary>All parameters of a network in one flat value buffer beside one flat gradient buffer, so that an optimiser is one pass.</summary>
/// <remarks>
/// Each parameter begins at a multiple of sixteen elements; the padding between them is zero, gets no gradient and stays zero. Reading is thread-safe while
/// no one writes. Adding moves the buffers: build networks first, then take views.
/// </remarks>
public sealed class Parameters
{
    internal const int Alignment = 16;
    private readonly List<Parameter> _all = [];
    private float[] _values = [];
    private float[] _gradients = [];

    /// <summary>The parameters in the order in which they were added.</summary>
    public IReadOnlyList<Parameter> All => _all;

    /// <summary>Number of parameters' elements, without padding.</summary>
    public int Count => _all.Sum(p => p.Shape.Count);

    /// <summary>The flat values, padding included; a live view.</summary>
    public Span<float> Values => _values;

    /// <summary>The flat gradients of the last backward pass, padding included; a live view.</summary>
    public ReadOnlySpan<float> Gradients => _gradients;

    /// <summary>Named views of the live values, for checkpoints and hashes.</summary>
    public IReadOnlyList<WeightBlock> Blocks => [.. _all.Select(p =>
    {
        var shape = new int[p.Shape.Rank];
        p.Shape.CopyTo(shape);
        return new WeightBlock(p.Name, shape, _values.AsMemory(p.Offset, p.Shape.Count));
    })];

    internal Memory<float> ValueMemory => _values;

    internal Memory<float> GradientMemory => _gradients;

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
        var parameter = new Parameter(this, name, shape, _values.Length);
        var length = _values.Length + (shape.Count + Alignment - 1) / Alignment * Alignment;
        Array.Resize(ref _values, length);
        Array.Resize(ref _gradients, length);
        // Pinned, so that kernels may keep addresses for as long as a step lasts.
        var pinned = GC.AllocateArray<float>(length, pinned: true);
        _values.CopyTo(pinned, 0);
        _values = pinned;
        _gradients = GC.AllocateArray<float>(length, pinned: true);
        _all.Add(parameter);
        initializer.Fill(parameter.Values, shape, ref random);
        return parameter;
    }

    /// <summary>Moves every value towards another set's: v = (1 - rate) v + rate s (Polyak averaging).</summary>
    /// <param name="source">Parameters of the same names and shapes, in the same order.</param>
    /// <param name="rate">In [0, 1]: 0 keeps, 1 copies.</param>
    /// <exception cref="ArgumentException">The layouts differ, or the rate lies outside [0, 1].</exception>
    public void BlendFrom(Parameters source, float rate)
    {
        if (!(rate is >= 0 and <= 1)) throw new ArgumentException($"The rate is {rate}; it must be in [0, 1].", nameof(rate));
        if (source._values.Length != _values.Length || !source._all.Select(p => (p.Name, p.Shape)).SequenceEqual(_all.Select(p => (p.Name, p.Shape))))
            throw new ArgumentException("The two sets of parameters have different layouts.", nameof(source));
        if (rate == 1) source._values.CopyTo(_values, 0);
        else OptimizerKernels.Blend(_values, source._values, rate);
    }

    internal void ClearGradients() => Array.Clear(_gradients);
}
