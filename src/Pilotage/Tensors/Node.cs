namespace Pilotage.Tensors;

/// <summary>What made a node of the managed tape.</summary>
internal enum NodeKind : byte
{
    Constant, Indices, Mask, Leaf, Unary, Binary, Where, Linear, MatMul, Reduce, LogSoftmax, Softmax, Gather, Reshape, Transpose, Slice, Concat, Detach, Apply, Checkpoint, Input,
}

/// <summary>One operation of a step: its inputs, its values, and its gradient while the backward pass needs it.</summary>
internal unsafe struct Node
{
    public NodeKind Kind;

    /// <summary>The <see cref="UnaryOperation"/>, <see cref="BinaryOperation"/>, <see cref="Reduction"/>, <see cref="Activation"/> or <see cref="Operator"/>.</summary>
    public byte Code;

    /// <summary>Whether the gradient of the running backward pass goes through here.</summary>
    public bool Needed;

    /// <summary>Inputs that gradients reach; -1 for none. The inputs of a concatenation or an operator are the slots from Left to Right of the tape's list.</summary>
    public int Left;
    public int Right;

    /// <summary>The mask or the indices; -1 for none.</summary>
    public int Selector;

    /// <summary>Axes, starts and flags of the operation.</summary>
    public int First;
    public int Second;
    public float FirstNumber;
    public float SecondNumber;
    public Shape Shape;
    public float* Value;

    /// <summary>Null until a gradient arrives.</summary>
    public float* Gradient;

    /// <summary>What the backward pass wants besides the values: the input of an activation that cannot be told from its output.</summary>
    public float* Kept;

    /// <summary>A pairwise operation's operands as they entered the loop, stretched where they broadcast: Kept and this.</summary>
    public float* KeptRight;
    public Parameter? Weight;
    public Parameter? Bias;

    /// <summary>How often the weight had been updated when it was read.</summary>
    public int WeightUpdates;
}
