namespace Pilotage.Tensors.Kernels;

/// <summary>The fused linear layer: z [rows, outputs] = x [rows, inputs] W [inputs, outputs] + b. Every chain starts from the bias.</summary>
internal static unsafe class LinearLayer
{
    public static UnaryOperation Operation(Activation activation) => activation switch
    {
        Activation.Tanh => UnaryOperation.Tanh,
        Activation.Relu => UnaryOperation.Relu,
        Activation.Sigmoid => UnaryOperation.Sigmoid,
        Activation.Silu => UnaryOperation.Silu,
        Activation.Gelu => UnaryOperation.Gelu,
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "Not an activation."),
    };

    public static void Forward(float* x, float* weight, float* bias, float* z, int rows, int inputs, int outputs, Arena scratch)
    {
        var product = new MatrixProduct { A = x, ARow = inputs, AStep = 1, B = weight, BStep = outputs, C = z, CRow = outputs, Steps = inputs, Start = bias };
        Matrices.Multiply(product, rows, outputs, scratch);
    }

    /// <summary>weightGradient += x^T dz; biasGradient (or null) += the rows of dz.</summary>
    public static void BackwardParameters(float* x, float* dz, float* weightGradient, float* biasGradient, int rows, int inputs, int outputs, Arena scratch)
    {
        if (biasGradient != null) Reductions.AddRows(dz, biasGradient, rows, outputs);
        var product = new MatrixProduct { A = x, ARow = 1, AStep = inputs, B = dz, BStep = outputs, C = weightGradient, CRow = outputs, Steps = rows, Add = true };
        Matrices.Multiply(product, inputs, outputs, scratch);
    }

    /// <summary>dx (+)= dz W^T.</summary>
    public static void BackwardInput(float* dz, float* weight, float* dx, int rows, int inputs, int outputs, bool add, Arena scratch)
    {
        var product = new MatrixProduct { A = dz, ARow = outputs, AStep = 1, B = weight, BStep = 1, BColumn = outputs, C = dx, CRow = inputs, Steps = outputs, Add = add };
        Matrices.Multiply(product, rows, inputs, scratch);
    }
}
