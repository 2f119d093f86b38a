namespace Pilotage.Tensors.Kernels;

/// <summary>Where a matrix product reads and writes: c[i, j] = start + a[i, 0] b[0, j] + a[i, 1] b[1, j] + …</summary>
/// <remarks>
/// Element i, s of a lies at <c>A + i * ARow + s * AStep</c>, element s, j of b at <c>B + s * BStep + j * BColumn</c>, element i, j of c at
/// <c>C + i * CRow + j</c>. In a and b one of the two strides is 1. Up to <see cref="Arena.Slack"/> elements behind the last of each matrix are read, never written.
/// </remarks>
internal unsafe struct MatrixProduct()
{
    public float* A;
    public nint ARow;
    public nint AStep;
    public float* B;
    public nint BStep;
    public nint BColumn = 1;
    public float* C;
    public nint CRow;

    /// <summary>Length of every chain.</summary>
    public int Steps;

    /// <summary>What each column's chain starts from, for all rows; null for zero, or for what c holds if <see cref="Add"/>.</summary>
    public float* Start;

    /// <summary>Chains start from what c holds.</summary>
    public bool Add;
}
