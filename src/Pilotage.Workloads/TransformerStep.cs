using Pilotage.Networks;
using Pilotage.Tensors;

namespace Pilotage.Workloads;

/// <summary>Forward and backward pass and update of one causal transformer block with a GELU part of four times the width.</summary>
public sealed class TransformerStep : IWorkload
{
    private readonly Device _device;
    private readonly TransformerBlock _block;
    private readonly Sgd _optimizer;
    private readonly float[] _tokens;
    private readonly (int Batch, int Tokens, int Width) _size;

    /// <summary>Makes the block and its input from a fixed seed.</summary>
    /// <param name="batch">Sequences.</param>
    /// <param name="tokens">Tokens of each.</param>
    /// <param name="width">Numbers of each token.</param>
    /// <param name="heads">Divides the width.</param>
    /// <param name="device">Where to compute; <see langword="null"/> for the managed device.</param>
    public TransformerStep(int batch, int tokens, int width, int heads, Device? device = null)
    {
        var random = new Randomness(11);
        _device = device ?? Device.Managed;
        _size = (batch, tokens, width);
        _block = new(Parameters, "block", new() { Width = width, Heads = heads, IsCausal = true }, ref random);
        _optimizer = new(Parameters, 1e-3);
        _tokens = new float[batch * tokens * width];
        foreach (ref var number in _tokens.AsSpan()) number = (float)random.NextNormal();
    }

    /// <inheritdoc/>
    public Parameters Parameters { get; } = new();

    /// <summary>Three passes of 12 width^2 multiply-adds a token for the weights, and of tokens times width for the scores and as many for the values, half of them seen.</summary>
    public double Flops => 3 * 2.0 * _size.Batch * _size.Tokens * (12.0 * _size.Width * _size.Width + (double)_size.Tokens * _size.Width);

    /// <inheritdoc/>
    public Tensor Loss() => _block.Forward(Tensor.From(_tokens, _size.Batch, _size.Tokens, _size.Width)).Square().Mean();

    /// <inheritdoc/>
    public UpdateReport Run()
    {
        using var step = Step.Begin(_device);
        return _optimizer.Descend(Loss());
    }
}
