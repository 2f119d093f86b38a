using Pilotage.Tensors;

namespace Pilotage.Networks;

/// <summary>Attention with several heads between linear layers: tokens to themselves or to a context. Heads may share keys and values (grouped queries).</summary>
/// <remarks>Vaswani et al., arXiv:1706.03762, section 3.2.2; grouped queries: Ainslie et al., arXiv:2305.13245; rotary positions: Su et al., arXiv:2104.09864.</remarks>
public sealed class MultiHeadAttention
{
    private readonly Linear _query;
    private readonly Linear _key;
    private readonly Linear _value;
    private readonly Linear _output;
    private readonly string _name;
    private readonly int _headWidth;
    private readonly bool _isCausal;
    private readonly float? _rotaryBase;
    private readonly float? _scale;

    /// <summary>Adds the parameters: normal weights of deviation sqrt(2 / (5 width)), which at the widths of language models is the usual 0.02 (arXiv:1910.05895, section 2.2), and zero biases.</summary>
    /// <param name="parameters">Receives <c>name.query.weight</c> [width, width], <c>name.key.weight</c> and <c>name.value.weight</c> [width, keyHeads * width / heads], <c>name.output.weight</c> [width, width], and the biases.</param>
    /// <param name="name">Prefix of the parameters' names.</param>
    /// <param name="width">Numbers per token, a multiple of heads.</param>
    /// <param name="heads">Query heads, at least 1.</param>
    /// <param name="random">The stream to draw from.</param>
    /// <param name="keyHeads">Key and value heads, a divisor of heads; <see langword="null"/> for as many.</param>
    /// <param name="isCausal">Whether a token sees only itself and those before it.</param>
    /// <param name="rotaryBase">Base of rotary positions, 10,000 in the paper; <see langword="null"/> for none: then positions must be in the tokens, or do not matter.</param>
    /// <param name="scale">Of the scores; <see langword="null"/> for 1 / sqrt(width / heads).</param>
    /// <param name="biases">Which linear layers have biases; the feed-forward part is not here.</param>
    /// <param name="outputScale">Factor on the output weight's deviation: 1 / sqrt(2 depth) in a stack keeps the sum of residuals of order 1 (Radford et al., 2019, section 2.3).</param>
    /// <exception cref="ArgumentException">Heads do not divide the width, key heads not the heads, or a rotary head's width is odd.</exception>
    public MultiHeadAttention(
        Parameters parameters, string name, int width, int heads, ref Randomness random,
        int? keyHeads = null, bool isCausal = false, float? rotaryBase = null, float? scale = null, BiasPlaces biases = BiasPlaces.All, double outputScale = 1)
    {
        var shared = keyHeads ?? heads;
        if (width < 1 || heads < 1 || width % heads != 0 || shared < 1 || heads % shared != 0 || (rotaryBase is not null && width / heads % 2 != 0))
            throw new ArgumentException($"MultiHeadAttention {name}: width {width}, {heads} heads, {shared} key heads{(rotaryBase is null ? "" : ", rotary")} do not fit; wanted a width that the heads divide, heads that the key heads divide{(rotaryBase is null ? "" : ", and an even width per head")}.");
        (_name, Width, Heads, KeyHeads, _headWidth, _isCausal, _rotaryBase, _scale) = (name, width, heads, shared, width / heads, isCausal, rotaryBase, scale);
        var deviation = Deviation(width);
        var isShifted = biases.HasFlag(BiasPlaces.QueryKeyValue);
        _query = new(parameters, $"{name}.query", width, width, ref random, new Initializer.Normal(deviation), hasBias: isShifted);
        _key = new(parameters, $"{name}.key", width, shared * _headWidth, ref random, new Initializer.Normal(deviation), hasBias: isShifted);
        _value = new(parameters, $"{name}.value", width, shared * _headWidth, ref random, new Initializer.Normal(deviation), hasBias: isShifted);
        _output = new(parameters, $"{name}.output", width, width, ref random, new Initializer.Normal(deviation * outputScale), hasBias: biases.HasFlag(BiasPlaces.AttentionOutput));
    }

    /// <summary>Numbers per token.</summary>
    public int Width { get; }

    /// <summary>Query heads.</summary>
    public int Heads { get; }

    /// <summary>Key and value heads.</summary>
    public int KeyHeads { get; }

    /// <summary>Tokens attend to themselves.</summary>
    /// <param name="x">[batch, tokens, width].</param>
    /// <param name="visible">[batch, tokens, tokens] or [batch, 1, tokens]: which tokens may be seen; default for all. Every token must see one.</param>
    /// <param name="firstPosition">Position of the first token, for rotary positions.</param>
    /// <returns>[batch, tokens, width].</returns>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public Tensor Forward(Tensor x, Mask visible = default, int firstPosition = 0)
    {
        var (key, value) = KeysAndValues(x, firstPosition);
        return Attend(Queries(x, firstPosition), key, value, visible);
    }

    /// <summary>Tokens attend to a context. Without rotary positions, and not causal: the two have no common order.</summary>
    /// <param name="context">[batch, others, width].</param>
    /// <param name="x">[batch, tokens, width].</param>
    /// <param name="visible">[batch, tokens, others] or [batch, 1, others]; default for all. Every token must see one.</param>
    /// <returns>[batch, tokens, width].</returns>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    /// <exception cref="InvalidOperationException">The attention is causal or rotary.</exception>
    public Tensor ForwardTo(Tensor context, Tensor x, Mask visible = default)
    {
        if (_isCausal || _rotaryBase is not null) throw new InvalidOperationException($"MultiHeadAttention {_name} is causal or rotary; attention to a context is neither.");
        var (key, value) = KeysAndValues(context);
        return Attend(Queries(x), key, value, visible);
    }

    /// <summary>The tokens' queries, turned by their positions if rotary.</summary>
    /// <param name="x">[batch, tokens, width].</param>
    /// <param name="firstPosition">Position of the first token.</param>
    /// <returns>[batch, tokens, heads, width / heads].</returns>
    /// <exception cref="ArgumentException">The shape does not fit.</exception>
    public Tensor Queries(Tensor x, int firstPosition = 0) => Turn(Split(_query, x, Heads), firstPosition);

    /// <summary>The tokens' keys, turned by their positions if rotary, and values. They can be kept while tokens are added one by one.</summary>
    /// <param name="x">[batch, tokens, width].</param>
    /// <param name="firstPosition">Position of the first token.</param>
    /// <returns>Each [batch, tokens, keyHeads, width / heads].</returns>
    /// <exception cref="ArgumentException">The shape does not fit.</exception>
    public (Tensor Key, Tensor Value) KeysAndValues(Tensor x, int firstPosition = 0) => (Turn(Split(_key, x, KeyHeads), firstPosition), Split(_value, x, KeyHeads));

    /// <summary>Attends and applies the output layer.</summary>
    /// <param name="query">From <see cref="Queries"/>, [batch, tokens, heads, width / heads].</param>
    /// <param name="key">From <see cref="KeysAndValues"/>, [batch, keys, keyHeads, width / heads]; if causal, the last key belongs to the last query.</param>
    /// <param name="value">As the key.</param>
    /// <param name="visible">[batch, tokens, keys] or [batch, 1, keys]; default for all.</param>
    /// <returns>[batch, tokens, width].</returns>
    /// <exception cref="ArgumentException">The shapes do not fit, or a query sees no key.</exception>
    public Tensor Attend(Tensor query, Tensor key, Tensor value, Mask visible = default)
    {
        var attended = query.Attend(key, value, causal: _isCausal, visible, _scale);
        return _output.Forward(attended.Reshape(query.Shape[0], query.Shape[1], Width));
    }

    /// <summary>Deviation of normal weights by their number of inputs: arXiv:1910.05895.</summary>
    internal static double Deviation(int width) => Math.Sqrt(2.0 / (5 * width));

    private Tensor Split(Linear layer, Tensor x, int heads)
    {
        var shape = x.Shape;
        if (shape.Rank != 3 || shape[2] != Width) throw new ArgumentException($"MultiHeadAttention {_name}: tokens {shape} do not fit; wanted [batch, tokens, {Width}].", nameof(x));
        return layer.Forward(x).Reshape(shape[0], shape[1], heads, _headWidth);
    }

    private Tensor Turn(Tensor x, int firstPosition) => _rotaryBase is { } frequencyBase ? x.Rotate(firstPosition, frequencyBase) : x;
}
