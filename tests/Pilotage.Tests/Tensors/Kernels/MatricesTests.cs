using CsCheck;
using Pilotage.Tensors.Kernels;
using Xunit;

namespace Pilotage.Tests.Tensors.Kernels;

/// <summary>Matrix products: one chain of fused multiply-adds per element, whatever tile, width and number of rows.</summary>
public sealed unsafe class MatricesTests
{
    private static readonly Gen<(int Rows, int Columns, int Steps, ulong Seed)> Sizes = Gen.Select(Gen.Int[1, 21], Gen.Int[1, 150], Gen.Int[0, 40], Gen.ULong);

    [Theory]
    [InlineData(VectorWidth.Widest)]
    [InlineData(VectorWidth.Narrow)]
    public void Multiply_OfAnySize_EqualsAScalarChainBitForBit(object width) => Sizes.Sample(size =>
    {
        var (a, b, start, c) = Make(size.Rows, size.Columns, size.Steps, size.Seed);
        var product = new MatrixProduct
        {
            A = a.Start, ARow = size.Steps, AStep = 1, B = b.Start, BStep = size.Columns, C = c.Start, CRow = size.Columns, Steps = size.Steps, Start = start.Start,
        };
        Matrices.Multiply(product, size.Rows, size.Columns, (VectorWidth)width);
        for (var i = 0; i < size.Rows; i++)
            for (var j = 0; j < size.Columns; j++)
            {
                var chain = start.Start[j];
                for (var s = 0; s < size.Steps; s++) chain = MathF.FusedMultiplyAdd(a.Start[i * size.Steps + s], b.Start[s * size.Columns + j], chain);
                if (BitConverter.SingleToInt32Bits(chain) != BitConverter.SingleToInt32Bits(c.Start[i * size.Columns + j])) return false;
            }
        return true;
    }, iter: 300);

    [Theory]
    [InlineData(VectorWidth.Widest)]
    [InlineData(VectorWidth.Narrow)]
    public void Multiply_AddedWithATransposedLeftSide_EqualsAScalarChainBitForBit(object width) => Sizes.Sample(size =>
    {
        var (a, b, _, c) = Make(size.Rows, size.Columns, size.Steps, size.Seed);
        var random = new Randomness(size.Seed + 1);
        foreach (ref var value in c.Memory.Span) value = (float)random.NextNormal();
        var before = c.Memory.ToArray();
        var guard = c.Start[size.Rows * size.Columns];
        var product = new MatrixProduct
        {
            A = a.Start, ARow = 1, AStep = size.Rows, B = b.Start, BStep = size.Columns, C = c.Start, CRow = size.Columns, Steps = size.Steps, Add = true,
        };
        Matrices.Multiply(product, size.Rows, size.Columns, (VectorWidth)width);
        for (var i = 0; i < size.Rows; i++)
            for (var j = 0; j < size.Columns; j++)
            {
                var chain = before[i * size.Columns + j];
                for (var s = 0; s < size.Steps; s++) chain = MathF.FusedMultiplyAdd(a.Start[s * size.Rows + i], b.Start[s * size.Columns + j], chain);
                if (BitConverter.SingleToInt32Bits(chain) != BitConverter.SingleToInt32Bits(c.Start[i * size.Columns + j])) return false;
            }
        return c.Start[size.Rows * size.Columns] == guard;
    }, iter: 300);

    [Fact]
    public void Transposition_OfAnySize_MovesEveryElement() => Gen.Select(Gen.Int[0, 40], Gen.Int[0, 40]).Sample((rows, columns) =>
    {
        var (source, target) = (new AlignedBuffer(rows * columns), new AlignedBuffer(rows * columns));
        for (var i = 0; i < rows * columns; i++) source.Start[i] = i;
        Transposition.Run(source.Start, rows, columns, target.Start);
        for (var r = 0; r < rows; r++)
            for (var c = 0; c < columns; c++)
                if (target.Start[c * rows + r] != r * columns + c) return false;
        return target.Start[rows * columns] == 0;
    }, iter: 300);

    private static (AlignedBuffer A, AlignedBuffer B, AlignedBuffer Start, AlignedBuffer C) Make(int rows, int columns, int steps, ulong seed)
    {
        var random = new Randomness(seed);
        var buffers = (A: new AlignedBuffer(rows * steps), B: new AlignedBuffer(steps * columns), Start: new AlignedBuffer(columns), C: new AlignedBuffer(rows * columns));
        foreach (var buffer in new[] { buffers.A, buffers.B, buffers.Start })
            foreach (ref var value in buffer.Memory.Span) value = (float)random.NextNormal();
        return buffers;
    }
}
