using Pilotage.Tensors;

namespace Pilotage.Workloads;

/// <summary>Products of two square matrices, as many in one step as make about 17 million multiply-adds, so that small ones are not measured by what a step costs.</summary>
public sealed class MatrixProducts
{
    private const int StepAdds = 1 << 24;
    private readonly Device _device;
    private readonly Parameter _left;
    private readonly Parameter _right;
    private readonly int _count;

    /// <summary>Makes the matrices from a fixed seed.</summary>
    /// <param name="side">Rows and columns of each.</param>
    /// <param name="device">Where to compute.</param>
    public MatrixProducts(int side, Device device)
    {
        var (parameters, random) = (new Parameters(device), new Randomness(3));
        _left = parameters.Add("left", new(side, side), new Initializer.Normal(1), ref random);
        _right = parameters.Add("right", new(side, side), new Initializer.Normal(1), ref random);
        (_device, _count) = (device, Math.Max(1, StepAdds / (side * side * side)));
        Flops = 2.0 * side * side * side * _count;
    }

    /// <summary>Multiplications and additions of one call.</summary>
    public double Flops { get; }

    /// <summary>Computes the products.</summary>
    public void Run()
    {
        using var step = Step.Begin(_device, Gradient.None);
        var (left, right) = (Tensor.Of(_left), Tensor.Of(_right));
        for (var i = 0; i < _count; i++) _ = left.MatMul(right);
    }
}
