using Pilotage.Tensors;

namespace Pilotage.Networks;

/// <summary>One block of a transformer, normalised before each part: y = x + attention(norm(x)), then y + feedForward(norm(y)).</summary>
/// <remarks>Vaswani et al., arXiv:1706.03762, with the norm moved before the parts: Xiong et al., arXiv:2002.04745. A stack wants one more norm behind its last block.</remarks>
public sealed class TransformerBlock
{
    private readonly TransformerSettings _settings;
    private readonly string _name;
    private readonly Norm _attentionNorm;
    private readonly MultiHeadAttention _attention;
    private readonly Norm _forwardNorm;
    private readonly Linear? _gate;
    private readonly Linear _up;
    private readonly Linear _down;
    private readonly Parameter? _attentionShare;
    private readonly Parameter? _forwardShare;

    /// <summary>Adds the parameters: normal weights of deviation sqrt(2 / (5 inputs)) as in <see cref="MultiHeadAttention"/>, the parts' last layers smaller by the depth, zero biases.</summary>
    /// <param name="parameters">Receives <c>name.attention_norm…</c>, <c>name.attention…</c>, <c>name.forward_norm…</c>, <c>name.up…</c> [width, hidden], <c>name.gate…</c> where gated, <c>name.down…</c> [hidden, width], and <c>name.attention_share</c>, <c>name.forward_share</c> [1] with residual gates.</param>
    /// <param name="name">Prefix of the parameters' names.</param>
    /// <param name="settings">Shape and kind.</param>
    /// <param name="random">The stream to draw from.</param>
    /// <exception cref="ArgumentException">The widths and heads do not fit, or the dropout rate lies outside [0, 1).</exception>
    public TransformerBlock(Parameters parameters, string name, TransformerSettings settings, ref Randomness random)
    {
        var (width, hidden) = (settings.Width, settings.HiddenWidthOrDefault);
        if (hidden < 1 || settings.Depth < 1 || !(settings.Dropout is >= 0 and < 1))
            throw new ArgumentException($"TransformerBlock {name}: hidden width {hidden}, depth {settings.Depth}, dropout {settings.Dropout} do not fit; wanted at least 1, at least 1, [0, 1).", nameof(settings));
        (_settings, _name) = (settings, name);
        var lastScale = 1 / Math.Sqrt(2 * settings.Depth);
        _attentionNorm = new(parameters, $"{name}.attention_norm", settings.Normalization, width, ref random, settings.NormEpsilon);
        _attention = new(parameters, $"{name}.attention", width, settings.Heads, ref random, settings.KeyHeads, settings.IsCausal, settings.RotaryBase, settings.AttentionScale, settings.Biases, lastScale);
        _forwardNorm = new(parameters, $"{name}.forward_norm", settings.Normalization, width, ref random, settings.NormEpsilon);
        var (into, outOf) = (new Initializer.Normal(MultiHeadAttention.Deviation(width)), new Initializer.Normal(MultiHeadAttention.Deviation(hidden) * lastScale));
        var isShifted = settings.Biases.HasFlag(BiasPlaces.FeedForward);
        var isGated = settings.FeedForward == FeedForward.GatedSilu;
        if (isGated) _gate = new(parameters, $"{name}.gate", width, hidden, ref random, into, Activation.Silu, isShifted);
        var activation = settings.FeedForward switch { FeedForward.Gelu => Activation.Gelu, FeedForward.Relu => Activation.Relu, _ => Activation.None };
        _up = new(parameters, $"{name}.up", width, hidden, ref random, into, activation, isShifted);
        _down = new(parameters, $"{name}.down", hidden, width, ref random, outOf, hasBias: isShifted);
        if (!settings.HasResidualGates) return;
        _attentionShare = parameters.Add($"{name}.attention_share", new(1), new Initializer.Constant(0), ref random);
        _forwardShare = parameters.Add($"{name}.forward_share", new(1), new Initializer.Constant(0), ref random);
    }

    /// <summary>The attention inside.</summary>
    public MultiHeadAttention Attention => _attention;

    /// <summary>Applies the block without dropout: for acting and evaluation.</summary>
    /// <param name="x">[batch, tokens, width].</param>
    /// <param name="visible">[batch, tokens, tokens] or [batch, 1, tokens]; default for all. Every token must see one.</param>
    /// <param name="firstPosition">Position of the first token, for rotary positions.</param>
    /// <returns>[batch, tokens, width].</returns>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public Tensor Forward(Tensor x, Mask visible = default, int firstPosition = 0) => Forward(x, visible, firstPosition, dropoutKey: null);

    /// <summary>Applies the block with dropout, for training.</summary>
    /// <param name="x">[batch, tokens, width].</param>
    /// <param name="random">Decides what is dropped; gives one key a call, and none without a dropout rate.</param>
    /// <param name="visible">As in <see cref="Forward(Tensor, Mask, int)"/>.</param>
    /// <param name="firstPosition">As in <see cref="Forward(Tensor, Mask, int)"/>.</param>
    /// <returns>[batch, tokens, width].</returns>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public Tensor ForwardWithDropout(Tensor x, ref Randomness random, Mask visible = default, int firstPosition = 0) =>
        Forward(x, visible, firstPosition, _settings.Dropout == 0 ? null : random.NextBits());

    /// <summary>The feed-forward part with its norm and its way past, for those who attend by themselves, as with kept keys and values.</summary>
    /// <param name="x">[…, width].</param>
    /// <returns>The same shape.</returns>
    public Tensor ForwardTokens(Tensor x) => ForwardPart(x, dropoutKey: null);

    private Tensor Forward(Tensor x, Mask visible, int firstPosition, ulong? dropoutKey)
    {
        var shape = x.Shape;
        if (shape.Rank != 3 || shape[2] != _settings.Width) throw new ArgumentException($"TransformerBlock {_name}: input {shape} does not fit; wanted [batch, tokens, {_settings.Width}].", nameof(x));
        return _settings.IsCheckpointed ? Recomputed(x, visible, firstPosition, dropoutKey) : Compute(x, visible, firstPosition, dropoutKey);
    }

    private Tensor Recomputed(Tensor x, Mask visible, int firstPosition, ulong? dropoutKey)
    {
        if (visible.IsNone) return x.Checkpoint(y => Compute(y, default, firstPosition, dropoutKey));

        // A checkpoint computes in a step of its own, to which the mask must be taken as numbers.
        var (shape, seen) = (visible.Shape, new bool[visible.Shape.Count]);
        visible.CopyTo(seen);
        return x.Checkpoint(y => Compute(y, Mask.From(seen, shape[0], shape[1], shape[2]), firstPosition, dropoutKey));
    }

    private Tensor Compute(Tensor x, Mask visible, int firstPosition, ulong? dropoutKey)
    {
        var attended = Drop(_attention.Forward(_attentionNorm.Forward(x), visible, firstPosition), dropoutKey, part: 0);
        return ForwardPart(x + Share(_attentionShare, attended), dropoutKey);
    }

    private Tensor ForwardPart(Tensor x, ulong? dropoutKey)
    {
        var normal = _forwardNorm.Forward(x);
        var inner = _gate is null ? _up.Forward(normal) : _gate.Forward(normal) * _up.Forward(normal);
        return x + Share(_forwardShare, Drop(_down.Forward(inner), dropoutKey, part: 1));
    }

    private static Tensor Share(Parameter? share, Tensor part) => share is null ? part : part * Tensor.Of(share);

    private Tensor Drop(Tensor x, ulong? key, int part)
    {
        if (key is not { } given) return x;
        var random = new SeedTree(given).Branch(part).Start();
        return x.Dropout(_settings.Dropout, ref random);
    }
}
