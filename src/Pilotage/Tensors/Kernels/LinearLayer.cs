namespace Pilotage.Tensors.Kernels;

/// <summary>The fused linear layer: z [rows, outputs] = x [rows, inputs] W [inputs, outputs] + b. Every chain starts from the bias.</summary>
internal static unsafe class LinearLayer
{
    /// <summary>Below so many columns a product is computed transposed where that gives wide rows.</summary>
    private const int NarrowColumns = 16;

    public static UnaryOperation Operation(Activation activation) => activation switch
    {
        Activation.Tanh => UnaryOperation.Tanh,
        Activation.Relu => UnaryOperation.Relu,
        Activation.Sigmoid => UnaryOperation.Sigmoid,
        Activation.Silu => UnaryOperation.Silu,
        Activation.Gelu => UnaryOperation.Gelu,
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "Not an activation."),
    };

    public static void Forward(float* x, float* weight, float* bias, float* z, int rows, int inputs, int outputs)
    {
        var product = new MatrixProduct { A = x, ARow = inputs, AStep = 1, B = weight, BStep = outputs, C = z, CRow = outputs, Steps = inputs, Start = bias };
        Matrices.Multiply(product, rows, outputs);
    }

    /// <summary>weightGradient += x^T dz; biasGradient (or null) += the rows of dz.</summary>
    public static void BackwardParameters(float* x, float* dz, float* weightGradient, float* biasGradient, int rows, int inputs, int outputs, Arena scratch)
    {
        if (biasGradient != null) Reductions.AddRows(dz, biasGradient, rows, outputs);
        if (outputs < NarrowColumns && inputs >= NarrowColumns)
        {
            // (x^T dz)^T = dz^T x has wide rows.
            var mark = scratch.Mark;
            var turned = scratch.Take(inputs * outputs);
            var gradient = scratch.Take(inputs * outputs);
            Matrices.Multiply(new() { A = dz, ARow = 1, AStep = outputs, B = x, BStep = inputs, C = turned, CRow = inputs, Steps = rows }, outputs, inputs);
            Transposition.Run(turned, outputs, inputs, gradient);
            Elementwise.AddExactly(gradient, weightGradient, inputs * outputs);
            scratch.Release(mark);
            return;
        }
        Matrices.Multiply(new() { A = x, ARow = 1, AStep = inputs, B = dz, BStep = outputs, C = weightGradient, CRow = outputs, Steps = rows, Add = true }, inputs, outputs);
    }

    /// <summary>dx (+)= dz W^T.</summary>
    public static void BackwardInput(float* dz, float* weight, float* dx, int rows, int inputs, int outputs, bool add, Arena scratch)
    {
        var mark = scratch.Mark;
        var turned = scratch.Take(inputs * outputs);
        Transposition.Run(weight, inputs, outputs, turned);
        Matrices.Multiply(new() { A = dz, ARow = outputs, AStep = 1, B = turned, BStep = inputs, C = dx, CRow = inputs, Steps = outputs, Add = add }, rows, inputs);
        scratch.Release(mark);
    }
}
