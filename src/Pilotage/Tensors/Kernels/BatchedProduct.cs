namespace Pilotage.Tensors.Kernels;

/// <summary>Matrix products over leading axes that broadcast: left [batch, m, k] times right [batch, k, n], either given transposed.</summary>
internal readonly unsafe ref struct BatchedProduct
{
    private readonly Shape _leading;
    private readonly Shape _left;
    private readonly Shape _right;
    private readonly bool _transposeLeft;
    private readonly bool _transposeRight;
    private readonly int _m;
    private readonly int _k;
    private readonly int _n;

    public BatchedProduct(in Shape left, in Shape right, in Shape result, bool transposeLeft, bool transposeRight)
    {
        (_leading, _left, _right) = (result.With(-1, 1).With(-2, 1), left.With(-1, 1).With(-2, 1), right.With(-1, 1).With(-2, 1));
        (_transposeLeft, _transposeRight) = (transposeLeft, transposeRight);
        (_m, _n, _k) = (result[-2], result[-1], left[transposeLeft ? -2 : -1]);
    }

    public void Forward(float* left, float* right, float* result, Arena scratch, Workers? workers = null)
    {
        for (var batch = 0; batch < _leading.Count; batch++)
        {
            var a = left + Offset(_left, batch) * _m * _k;
            var b = right + Offset(_right, batch) * _k * _n;
            // op(left)[i, s] and op(right)[s, j].
            Multiply(a, _transposeLeft ? 1 : _k, _transposeLeft ? _m : 1, b, _transposeRight ? 1 : _n, _transposeRight ? _k : 1,
                result + (long)batch * _m * _n, _m, _n, _k, false, scratch, workers);
        }
    }

    /// <summary>Adds to the gradient of left: op(g op(right)^T).</summary>
    public void BackwardLeft(float* right, float* g, float* gradient, Arena scratch, Workers? workers = null)
    {
        for (var batch = 0; batch < _leading.Count; batch++)
        {
            var b = right + Offset(_right, batch) * _k * _n;
            var d = gradient + Offset(_left, batch) * _m * _k;
            var c = g + (long)batch * _m * _n;
            var (rightStep, rightColumn) = _transposeRight ? (1, _k) : (_n, 1);
            if (_transposeLeft) Multiply(b, rightStep, rightColumn, c, 1, _n, d, _k, _m, _n, true, scratch, workers);
            else Multiply(c, _n, 1, b, rightColumn, rightStep, d, _m, _k, _n, true, scratch, workers);
        }
    }

    /// <summary>Adds to the gradient of right: op(op(left)^T g).</summary>
    public void BackwardRight(float* left, float* g, float* gradient, Arena scratch, Workers? workers = null)
    {
        for (var batch = 0; batch < _leading.Count; batch++)
        {
            var a = left + Offset(_left, batch) * _m * _k;
            var d = gradient + Offset(_right, batch) * _k * _n;
            var c = g + (long)batch * _m * _n;
            var (leftRow, leftStep) = _transposeLeft ? (1, _m) : (_k, 1);
            if (_transposeRight) Multiply(c, 1, _n, a, leftRow, leftStep, d, _n, _k, _m, true, scratch, workers);
            else Multiply(a, leftStep, leftRow, c, _n, 1, d, _k, _n, _m, true, scratch, workers);
        }
    }

    /// <summary>c [rows, columns] (+)= a times b, both given by their strides.</summary>
    private static void Multiply(float* a, int aRow, int aStep, float* b, int bStep, int bColumn, float* c, int rows, int columns, int steps, bool add, Arena scratch, Workers? workers)
    {
        var product = new MatrixProduct { A = a, ARow = aRow, AStep = aStep, B = b, BStep = bStep, BColumn = bColumn, C = c, CRow = columns, Steps = steps, Add = add };
        Matrices.Multiply(product, rows, columns, scratch, workers);
    }

    /// <summary>Which matrix of a smaller operand belongs to a matrix of the result.</summary>
    private long Offset(in Shape operand, int batch)
    {
        if (operand.Count == 1) return 0;
        long offset = 0;
        for (var axis = 1; axis <= _leading.Rank; axis++)
        {
            var (rest, place) = Math.DivRem(batch, _leading[-axis]);
            if (axis <= operand.Rank && operand[-axis] != 1) offset += (long)place * operand.Inner(-axis);
            batch = rest;
        }
        return offset;
    }
}
