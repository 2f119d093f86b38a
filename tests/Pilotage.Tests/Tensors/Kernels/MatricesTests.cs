using CsCheck;
using Pilotage.Tensors.Kernels;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Tests.Tensors.Kernels;

/// <summary>Matrix products: one chain of fused multiply-adds per element, whatever tile, copy, width and number of rows.</summary>
public sealed unsafe class MatricesTests
{
    /// <summary>Sizes up to twenty, where every tile, tail and turn of few columns or rows appears.</summary>
    private static readonly Gen<Case> Small = Gen.Select(Gen.Int[0, 20], Gen.Int[0, 20], Gen.Int[0, 20], Gen.Enum<Layout>(), Gen.Enum<Beginning>(), Gen.ULong).Select(Case.From);

    /// <summary>Columns beyond a panel of 64.</summary>
    private static readonly Gen<Case> Wide = Gen.Select(Gen.Int[1, 21], Gen.Int[1, 150], Gen.Int[0, 40], Gen.Enum<Layout>(), Gen.Enum<Beginning>(), Gen.ULong).Select(Case.From);

    public enum Layout { Plain, LeftTransposed, RightTransposed }

    public enum Beginning { Zero, Start, Add }

    [Theory]
    [InlineData(VectorWidth.Widest)]
    [InlineData(VectorWidth.Narrow)]
    [InlineData(VectorWidth.Narrowest)]
    public void Multiply_OfSmallSizes_EqualsAScalarChainBitForBit(object width) => Small.ForCases(3000, size => IsOneChain(size, (VectorWidth)width));

    [Theory]
    [InlineData(VectorWidth.Widest)]
    [InlineData(VectorWidth.Narrow)]
    [InlineData(VectorWidth.Narrowest)]
    public void Multiply_OfWideSizes_EqualsAScalarChainBitForBit(object width) => Wide.ForCases(600, size => IsOneChain(size, (VectorWidth)width));

    /// <summary>The benches' sizes, and beyond the blocks of steps and of columns: copies of panels and of rows, chains that go on from memory.</summary>
    [Theory]
    [InlineData(64, 64, 64)]
    [InlineData(64, 256, 256)]
    [InlineData(256, 256, 256)]
    [InlineData(61, 67, 59)]
    [InlineData(256, 257, 255)]
    [InlineData(128, 64, 3)]
    [InlineData(128, 3, 64)]
    [InlineData(3, 128, 64)]
    [InlineData(1, 64, 64)]
    [InlineData(1, 256, 256)]
    [InlineData(4, 64, 64)]
    [InlineData(4, 256, 256)]
    [InlineData(64, 1, 64)]
    [InlineData(50, 600, 517)]
    [InlineData(300, 530, 258)]
    [InlineData(9, 7, 1030)]
    public void Multiply_OfTheBenchesSizes_EqualsAScalarChainBitForBit(int rows, int columns, int steps)
    {
        foreach (var layout in Enum.GetValues<Layout>())
            foreach (var width in Enum.GetValues<VectorWidth>())
                Assert.True(IsOneChain(new(rows, columns, steps, layout, (Beginning)((int)layout % 3), 7), width), $"{layout} {width}");
    }

    /// <summary>The double-precision sum is right whatever the order: relative to the sum of magnitudes, K roundings of 2^-24 each.</summary>
    [Fact]
    public void Multiply_OfAnyLayout_IsCloseToTheSumInDouble() => Wide.ForCases(200, size =>
    {
        var (product, before) = size.Make();
        using var scratch = new Arena();
        Matrices.Multiply(product, size.Rows, size.Columns, scratch);
        for (var i = 0; i < size.Rows; i++)
            for (var j = 0; j < size.Columns; j++)
            {
                double sum = size.Begin(product, before, i, j);
                var magnitude = Math.Abs(sum);
                for (var s = 0; s < size.Steps; s++)
                {
                    var term = (double)product.A[i * product.ARow + s * product.AStep] * product.B[s * product.BStep + j * product.BColumn];
                    sum += term;
                    magnitude += Math.Abs(term);
                }
                if (Math.Abs(sum - product.C[i * product.CRow + j]) > (size.Steps + 1) * magnitude * Math.Pow(2, -24)) return false;
            }
        GC.KeepAlive(size);
        return true;
    });

    /// <summary>A row has the same bits alone, in a few and in many.</summary>
    [Theory]
    [InlineData(Layout.Plain)]
    [InlineData(Layout.RightTransposed)]
    public void Multiply_OfFewerRows_GivesTheSameRows(Layout layout)
    {
        const int All = 70, Columns = 83, Steps = 300;
        using var scratch = new Arena();
        var size = new Case(All, Columns, Steps, layout, Beginning.Start, 3);
        var (whole, _) = size.Make();
        Matrices.Multiply(whole, All, Columns, scratch);
        foreach (var rows in new[] { 1, 2, 3, 4, 5, 7, 8, 9, 48 })
        {
            var part = whole;
            var buffer = new AlignedBuffer(rows * Columns);
            part.C = buffer.Start;
            Matrices.Multiply(part, rows, Columns, scratch);
            Assert.True(new ReadOnlySpan<float>(part.C, rows * Columns).SequenceEqual(new(whole.C, rows * Columns)), $"{rows} rows");
            GC.KeepAlive(buffer);
        }
        GC.KeepAlive(size);
    }

    /// <summary>Sizes above the threshold, split along columns, along rows and along both; two and three threads, and one.</summary>
    [Theory]
    [InlineData(64, 256, 256)]
    [InlineData(256, 256, 256)]
    [InlineData(1000, 70, 67)]
    [InlineData(3000, 3, 200)]
    [InlineData(3, 1500, 400)]
    [InlineData(300, 1100, 130)]
    public void Multiply_WithWorkers_GivesTheBitsOfOneThread(int rows, int columns, int steps)
    {
        using var scratch = new Arena();
        foreach (var layout in Enum.GetValues<Layout>())
            foreach (var beginning in Enum.GetValues<Beginning>())
            {
                var size = new Case(rows, columns, steps, layout, beginning, 11);
                var (product, before) = size.Make();
                Matrices.Multiply(product, rows, columns, scratch);
                var alone = new ReadOnlySpan<float>(product.C, before.Length).ToArray();
                foreach (var threads in new[] { 2, 3 })
                {
                    using var workers = new Workers(threads);
                    before.CopyTo(new Span<float>(product.C, before.Length));
                    Matrices.Multiply(product, rows, columns, scratch, workers);
                    Assert.True(new ReadOnlySpan<float>(product.C, before.Length).SequenceEqual(alone), $"{layout} {beginning} {threads}");
                }
                GC.KeepAlive(size);
            }
    }

    /// <summary>Operators that keep their own copies give no scratch.</summary>
    [Fact]
    public void Multiply_WithoutScratch_GivesTheSameBits() => Wide.ForCases(200, size =>
    {
        if (size.Layout == Layout.RightTransposed) return true;
        using var scratch = new Arena();
        var (product, before) = size.Make();
        Matrices.Multiply(product, size.Rows, size.Columns, scratch);
        var copied = new ReadOnlySpan<float>(product.C, before.Length).ToArray();
        before.CopyTo(new Span<float>(product.C, before.Length));
        Matrices.Multiply(product, size.Rows, size.Columns);
        var same = new ReadOnlySpan<float>(product.C, before.Length).SequenceEqual(copied);
        GC.KeepAlive(size);
        return same;
    });

    [Fact]
    public void Transposition_OfAnySize_MovesEveryElement() => Gen.Select(Gen.Int[0, 40], Gen.Int[0, 40]).ForCases(300, (rows, columns) =>
    {
        var (source, target) = (new AlignedBuffer(rows * columns), new AlignedBuffer(rows * columns));
        for (var i = 0; i < rows * columns; i++) source.Start[i] = i;
        Transposition.Run(source.Start, rows, columns, target.Start);
        for (var r = 0; r < rows; r++)
            for (var c = 0; c < columns; c++)
                if (target.Start[c * rows + r] != r * columns + c) return false;
        return target.Start[rows * columns] == 0;
    });

    private static bool IsOneChain(Case size, VectorWidth width)
    {
        var (product, before) = size.Make();
        using var scratch = new Arena();
        Matrices.Multiply(product, size.Rows, size.Columns, scratch, width: width);
        for (var i = 0; i < size.Rows; i++)
            for (var j = 0; j < size.Columns; j++)
            {
                var chain = size.Begin(product, before, i, j);
                for (var s = 0; s < size.Steps; s++)
                    chain = MathF.FusedMultiplyAdd(product.A[i * product.ARow + s * product.AStep], product.B[s * product.BStep + j * product.BColumn], chain);
                if (BitConverter.SingleToInt32Bits(chain) != BitConverter.SingleToInt32Bits(product.C[i * product.CRow + j])) return false;
            }
        // Nothing behind the last element is written, not even with what it held: it may be another thread's.
        for (var i = 0; i < Arena.Slack; i++)
            if (product.C[size.Rows * size.Columns + i] != before[size.Rows * size.Columns + i]) return false;
        GC.KeepAlive(size);
        return true;
    }

    public sealed record Case(int Rows, int Columns, int Steps, Layout Layout, Beginning Beginning, ulong Seed)
    {
        // The product holds bare addresses, so the buffers behind them must live as long as the case.
        private readonly List<AlignedBuffer> _buffers = [];

        public static Case From(int rows, int columns, int steps, Layout layout, Beginning beginning, ulong seed) => new(rows, columns, steps, layout, beginning, seed);

        internal (MatrixProduct Product, float[] Before) Make()
        {
            var random = new Randomness(Seed);
            var a = Fill(Rows * Steps, ref random);
            var b = Fill(Steps * Columns, ref random);
            var start = Fill(Columns, ref random);
            var c = Fill(Rows * Columns + Arena.Slack, ref random);
            var product = new MatrixProduct { A = a, ARow = Steps, AStep = 1, B = b, BStep = Columns, C = c, CRow = Columns, Steps = Steps, Add = Beginning == Beginning.Add };
            if (Beginning == Beginning.Start) product.Start = start;
            if (Layout == Layout.LeftTransposed) (product.ARow, product.AStep) = (1, Rows);
            if (Layout == Layout.RightTransposed) (product.BStep, product.BColumn) = (1, Steps);
            return (product, new ReadOnlySpan<float>(c, Rows * Columns + Arena.Slack).ToArray());
        }

        internal float Begin(in MatrixProduct product, float[] before, int row, int column) => Beginning switch
        {
            Beginning.Start => product.Start[column],
            Beginning.Add => before[row * Columns + column],
            _ => 0,
        };

        private float* Fill(int count, ref Randomness random)
        {
            var buffer = new AlignedBuffer(count);
            foreach (ref var value in buffer.Memory.Span) value = (float)random.NextNormal();
            _buffers.Add(buffer);
            return buffer.Start;
        }
    }
}
