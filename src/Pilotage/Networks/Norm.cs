using Pilotage.Tensors;

namespace Pilotage.Networks;

/// <summary>A normalisation over the last axis with its own gain and shift.</summary>
public sealed class Norm
{
    private readonly Normalization _kind;
    private readonly float _epsilon;
    private readonly Parameter? _gain;
    private readonly Parameter? _shift;

    /// <summary>Adds the parameters: gain 1 and shift 0, so that it begins as a pure normalisation.</summary>
    /// <param name="parameters">Receives <c>name.gain</c> [width] and, for layer normalisation, <c>name.shift</c> [width]; nothing for <see cref="Normalization.None"/>.</param>
    /// <param name="name">Prefix of the parameters' names.</param>
    /// <param name="kind">Which.</param>
    /// <param name="width">Extent of the last axis, at least 1.</param>
    /// <param name="random">Not drawn from; initialisers take one.</param>
    /// <param name="epsilon">Added to the variance or mean square before its root, above 0; <see langword="null"/> for 1e-5 in layer normalisation and 1e-6 in root-mean-square.</param>
    /// <exception cref="ArgumentOutOfRangeException">The width is below 1, or epsilon is not above 0.</exception>
    public Norm(Parameters parameters, string name, Normalization kind, int width, ref Randomness random, float? epsilon = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (epsilon is { } given && !(given > 0 && float.IsFinite(given))) throw new ArgumentOutOfRangeException(nameof(epsilon), $"Norm {name}: epsilon is {given}; it must be above 0.");
        _kind = kind;
        _epsilon = epsilon ?? DefaultEpsilon(kind);
        if (kind == Normalization.None) return;
        _gain = parameters.Add($"{name}.gain", new(width), new Initializer.Constant(1), ref random);
        if (kind == Normalization.Layer) _shift = parameters.Add($"{name}.shift", new(width), new Initializer.Constant(0), ref random);
    }

    /// <summary>What keeps a row of zeros from dividing by zero, where nothing else is said.</summary>
    internal static float DefaultEpsilon(Normalization kind) => kind == Normalization.Layer ? 1e-5f : 1e-6f;

    /// <summary>Normalises.</summary>
    /// <param name="x">[…, width].</param>
    /// <returns>The same shape.</returns>
    /// <exception cref="ArgumentException">The last axis has another extent.</exception>
    public Tensor Forward(Tensor x) => _kind switch
    {
        Normalization.None => x,
        Normalization.Layer => x.LayerNorm(Tensor.Of(_gain!), Tensor.Of(_shift!), _epsilon),
        _ => x.RmsNorm(Tensor.Of(_gain!), _epsilon),
    };
}
