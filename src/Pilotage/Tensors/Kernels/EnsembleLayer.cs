namespace Pilotage.Tensors.Kernels;

/// <summary>A <see cref="LinearLayer"/>, or several side by side: x [rows, inputs] or [members, rows, inputs], W [members, inputs, outputs], b [members, outputs].</summary>
internal readonly unsafe struct EnsembleLayer
{
    private readonly int _members;
    private readonly int _rows;
    private readonly int _inputs;
    private readonly int _outputs;
    private readonly bool _sharesInput;

    public EnsembleLayer(in Shape input, in Shape weight, in Shape result)
    {
        (_members, _inputs, _outputs) = (weight.Rank == 3 ? weight[0] : 1, weight[-2], weight[-1]);
        _rows = result.Count / Math.Max(1, _members * _outputs);
        _sharesInput = weight.Rank == 3 && input.Rank == 2;
    }

    /// <summary>Elements of scratch that the forward pass takes.</summary>
    public int ForwardScratch => LinearLayer.ForwardScratch(_rows, _inputs, _outputs);

    /// <summary>Elements of scratch that the backward pass takes at its highest.</summary>
    public int BackwardScratch => LinearLayer.BackwardScratch(_rows, _inputs, _outputs);

    public void Forward(float* x, float* weight, float* bias, float* z, Arena scratch, Workers? workers) =>
        LinearLayer.Forward(x, weight, bias, z, _rows, _inputs, _outputs, new(_members, InputStep, Weight(1), Result(1), _outputs), scratch, workers);

    /// <summary>Adds to the gradients of the weight and, unless it is null, of the bias.</summary>
    public void BackwardParameters(float* x, float* dz, float* weightGradient, float* biasGradient, Arena scratch, Workers? workers)
    {
        if (biasGradient != null) BackwardBias(dz, biasGradient);
        LinearLayer.BackwardWeights(x, dz, weightGradient, _rows, _inputs, _outputs, new(_members, InputStep, Result(1), Weight(1), 0), scratch, workers);
    }

    /// <summary>Adds the rows of dz to the gradient of the bias.</summary>
    public void BackwardBias(float* dz, float* biasGradient)
    {
        for (var member = 0; member < _members; member++) Reductions.AddRows(dz + Result(member), biasGradient + member * _outputs, _rows, _outputs);
    }

    /// <summary>dx (+)= dz W^T, summed over the members where they share the input.</summary>
    public void BackwardInput(float* dz, float* weight, float* dx, bool add, Arena scratch, Workers? workers)
    {
        if (!_sharesInput)
        {
            LinearLayer.BackwardInputs(dz, weight, dx, _rows, _inputs, _outputs, add, new(_members, Result(1), Weight(1), InputStep, 0), scratch, workers);
            return;
        }
        for (var member = 0; member < _members; member++)
            LinearLayer.BackwardInput(dz + Result(member), weight + Weight(member), dx, _rows, _inputs, _outputs, add || member > 0, scratch, workers);
    }

    /// <summary>Elements to the next member's input.</summary>
    private long InputStep => _sharesInput ? 0 : (long)_rows * _inputs;

    private long Weight(int member) => (long)member * _inputs * _outputs;

    private long Result(int member) => (long)member * _rows * _outputs;
}
