namespace Pilotage.Tensors.Kernels;

/// <summary>The fused linear layer: z [rows, outputs] = x [rows, inputs] W [inputs, outputs] + b. Every chain starts from the bias.</summary>
internal static unsafe class LinearLayer
{
    /// <summary>The first number of the fused function: the scale of <see cref="Activation.Elu"/>; the others have none.</summary>
    public const float FirstNumber = 1;

    public static UnaryOperation Operation(Activation activation) => activation switch
    {
        Activation.Tanh => UnaryOperation.Tanh,
        Activation.Relu => UnaryOperation.Relu,
        Activation.Sigmoid => UnaryOperation.Sigmoid,
        Activation.Silu => UnaryOperation.Silu,
        Activation.Gelu => UnaryOperation.Gelu,
        Activation.Selu => UnaryOperation.Selu,
        Activation.Elu => UnaryOperation.Elu,
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "Not an activation."),
    };

    public static void Forward(float* x, float* weight, float* bias, float* z, int rows, int inputs, int outputs, Arena scratch, Workers? workers = null) =>
        Forward(x, weight, bias, z, rows, inputs, outputs, Members.One, scratch, workers);

    /// <summary>Several layers of one shape: members' a are inputs, b weights, c results, starts biases.</summary>
    public static void Forward(float* x, float* weight, float* bias, float* z, int rows, int inputs, int outputs, in Members members, Arena scratch, Workers? workers) =>
        Matrices.Multiply(Output(inputs, outputs) with { A = x, B = weight, C = z, Start = bias }, members, rows, outputs, scratch, workers);

    /// <summary>weightGradient += x^T dz of several layers of one shape: members' a are inputs, b gradients of results, c of weights.</summary>
    public static void BackwardWeights(float* x, float* dz, float* weightGradient, int rows, int inputs, int outputs, in Members members, Arena scratch, Workers? workers) =>
        Matrices.Multiply(WeightGradient(rows, inputs, outputs) with { A = x, B = dz, C = weightGradient }, members, inputs, outputs, scratch, workers);

    /// <summary>dx (+)= dz W^T of several layers of one shape, each with its own x: members' a are gradients of results, b weights, c gradients of inputs.</summary>
    public static void BackwardInputs(float* dz, float* weight, float* dx, int rows, int inputs, int outputs, bool add, in Members members, Arena scratch, Workers? workers) =>
        Matrices.Multiply(InputGradient(inputs, outputs) with { A = dz, B = weight, C = dx, Add = add }, members, rows, inputs, scratch, workers);

    /// <summary>weightGradient += x^T dz; biasGradient (or null) += the rows of dz.</summary>
    public static void BackwardParameters(
        float* x, float* dz, float* weightGradient, float* biasGradient, int rows, int inputs, int outputs, Arena scratch, Workers? workers = null)
    {
        if (biasGradient != null) Reductions.AddRows(dz, biasGradient, rows, outputs);
        Matrices.Multiply(WeightGradient(rows, inputs, outputs) with { A = x, B = dz, C = weightGradient }, inputs, outputs, scratch, workers);
    }

    /// <summary>dx (+)= dz W^T.</summary>
    public static void BackwardInput(float* dz, float* weight, float* dx, int rows, int inputs, int outputs, bool add, Arena scratch, Workers? workers = null) =>
        Matrices.Multiply(InputGradient(inputs, outputs) with { A = dz, B = weight, C = dx, Add = add }, rows, inputs, scratch, workers);

    /// <summary>Elements of scratch that the forward pass takes.</summary>
    public static int ForwardScratch(int rows, int inputs, int outputs) => Matrices.ScratchLength(Output(inputs, outputs), rows, outputs);

    /// <summary>Elements of scratch that the backward pass takes at its highest.</summary>
    public static int BackwardScratch(int rows, int inputs, int outputs) => Math.Max(
        Matrices.ScratchLength(WeightGradient(rows, inputs, outputs), inputs, outputs), Matrices.ScratchLength(InputGradient(inputs, outputs), rows, inputs));

    private static MatrixProduct Output(int inputs, int outputs) => new() { ARow = inputs, AStep = 1, BStep = outputs, CRow = outputs, Steps = inputs };

    private static MatrixProduct WeightGradient(int rows, int inputs, int outputs) => new() { ARow = 1, AStep = inputs, BStep = outputs, CRow = outputs, Steps = rows, Add = true };

    private static MatrixProduct InputGradient(int inputs, int outputs) => new() { ARow = outputs, AStep = 1, BStep = 1, BColumn = outputs, CRow = inputs, Steps = outputs };
}
