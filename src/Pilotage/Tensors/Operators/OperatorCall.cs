namespace Pilotage.Tensors.Operators;

/// <summary>One call of a <see cref="ManagedOperator"/>: inputs, output, memory, and in the backward pass the gradients.</summary>
/// <remarks>Every block begins on a cache line and is followed by <see cref="Kernels.Arena.Slack"/> elements that may be read and rewritten.</remarks>
internal readonly unsafe ref struct OperatorCall(Node[] nodes, int slot, ReadOnlySpan<int> inputs, OperatorSettings settings, Backpropagation? backpropagation)
{
    private readonly ReadOnlySpan<int> _inputs = inputs;

    public OperatorSettings Settings => settings;

    /// <summary>The output's shape.</summary>
    public Shape Shape => nodes[slot].Shape;

    /// <summary>The output's values.</summary>
    public float* Value => nodes[slot].Value;

    /// <summary>What the forward pass left for the backward pass, as long as <see cref="OperatorMemory.Kept"/> said; null for none.</summary>
    public float* Kept => nodes[slot].Kept;

    /// <summary>As long as <see cref="OperatorMemory"/> said for this pass; the contents are arbitrary. Null for none.</summary>
    public float* Scratch { get; init; }

    /// <summary>Threads that help; null for none.</summary>
    public Kernels.Workers? Workers { get; init; }

    /// <summary>The calling thread's memory, for <see cref="OperatorUnits"/>; null in a plan.</summary>
    public Kernels.Arena? Arena { get; init; }

    /// <summary>The output's gradient. Backward only; it may be overwritten.</summary>
    public float* Gradient => nodes[slot].Gradient;

    /// <summary>Whether an optional input was given.</summary>
    public bool Has(int input) => _inputs[input] >= 0;

    public Shape ShapeOf(int input) => nodes[_inputs[input]].Shape;

    /// <summary>An input's values; null for an absent one.</summary>
    public float* Input(int input) => _inputs[input] < 0 ? null : nodes[_inputs[input]].Value;

    /// <summary>Indices, or a mask with all bits set where it is true; null for an absent one.</summary>
    public int* Integers(int input) => (int*)Input(input);

    /// <summary>Whether an input wants a gradient. Backward only.</summary>
    public bool Needs(int input) => _inputs[input] >= 0 && nodes[_inputs[input]].Needed;

    /// <summary>The gradient buffer of an input: to overwrite where <paramref name="add"/> comes back false, else to add to. Backward only, once for each input that needs it.</summary>
    public float* Receive(int input, out bool add) => backpropagation!.Receive(_inputs[input], out add);

    /// <summary>The gradient buffer of an input, to add to; zero where it is the first gradient. Backward only.</summary>
    public float* Sum(int input) => backpropagation!.Sum(_inputs[input]);

    /// <summary>The gradient buffer of <see cref="OperatorSettings.Weight"/>, to add to; null where it is not trained. Backward only.</summary>
    public float* WeightGradient => backpropagation!.GradientOf(settings.Weight!);
}
