using CsCheck;
using Pilotage.Tensors;
using Pilotage.Testing;
using Pilotage.Testing.Reference;
using Xunit;

namespace Pilotage.Tests.Tensors;

public sealed class MatMulTests
{
    public enum Layout { Plain, RightTransposed, LeftTransposed }

    [Theory, InlineData(Layout.Plain), InlineData(Layout.RightTransposed), InlineData(Layout.LeftTransposed)]
    public void MatMul_OddSizes_AgreesWithTheReference(Layout layout)
    {
        foreach (var (m, k, n) in new[] { (1, 1, 1), (1, 3, 1), (3, 1, 15), (15, 16, 17), (17, 33, 3), (16, 16, 16), (33, 65, 17), (65, 17, 33), (1, 65, 1), (64, 64, 64) })
            Check(layout, [], [], m, k, n, key: 1);
    }

    [Theory, InlineData(Layout.Plain), InlineData(Layout.RightTransposed), InlineData(Layout.LeftTransposed)]
    public void MatMul_Batched_AgreesWithTheReference(Layout layout)
    {
        foreach (var (left, right) in new (int[], int[])[] { ([3], [3]), ([3], []), ([], [3]), ([2, 3], [3]), ([2, 1], [1, 3]), ([2, 3], [2, 3]), ([1], [4]), ([2, 1, 2], [3, 1]), ([2, 1, 1, 2], [3, 1]) })
        {
            Check(layout, left, right, 5, 3, 7, key: 2);
            Check(layout, left, right, 1, 17, 1, key: 3);
        }
    }

    [Theory, InlineData(Layout.Plain), InlineData(Layout.RightTransposed), InlineData(Layout.LeftTransposed)]
    public void MatMul_EmptyExtents_AgreesWithTheReference(Layout layout)
    {
        Check(layout, [], [], 0, 3, 4, key: 4);
        Check(layout, [], [], 3, 0, 4, key: 5);
        Check(layout, [], [], 3, 4, 0, key: 6);
        Check(layout, [0], [1], 3, 4, 2, key: 7);
    }

    [Fact]
    public void MatMul_RandomShapes_AgreesWithTheReference() =>
        Gen.Select(Gen.Enum<Layout>(), Gen.Int[1, 3].Array[0, 3], Gen.Bool.Array[3], Gen.Int[0, 3], Gen.Int[1, 20], Gen.Int[1, 20], Gen.Int[1, 20], Gen.ULong)
            .ForCases(60, drawn =>
            {
                var (layout, batch, stretch, drop, m, k, n, key) = drawn;
                int[] right = [.. batch.Select((extent, i) => stretch[i] ? 1 : extent).Skip(Math.Min(drop, batch.Length))];
                Check(layout, batch, right, m, k, n, key);
            });

    [Fact]
    public void MatMul_WithItself_AddsBothGradients()
    {
        var inputs = new OracleInputs(8, new Shape(7, 7));
        Oracle.Check(() => inputs[0].MatMul(inputs[0]), inputs.Parameters);
        Oracle.Check(() => inputs[0].MatMulTransposed(inputs[0]), inputs.Parameters);
        Oracle.Check(() => inputs[0].TransposedMatMul(inputs[0]), inputs.Parameters);
        Oracle.Check(() => inputs[0].Transpose().MatMul(inputs[0]), inputs.Parameters);
    }

    [Fact]
    public void MatMul_ShapesDoNotFit_Throws()
    {
        using var step = Step.Begin(new ReferenceDevice());
        var (a, b, row) = (Tensor.Filled(1, 2, 3), Tensor.Filled(1, 4, 2), Tensor.Filled(1, 3));
        Assert.Throws<ArgumentException>(() => a.MatMul(b));
        Assert.Throws<ArgumentException>(() => a.MatMul(row));
        Assert.Throws<ArgumentException>(() => a.MatMulTransposed(b));
        Assert.Throws<ArgumentException>(() => a.TransposedMatMul(b));
    }

    private static void Check(Layout layout, int[] leftBatch, int[] rightBatch, int m, int k, int n, ulong key)
    {
        int[] left = [.. leftBatch, .. layout == Layout.LeftTransposed ? new[] { k, m } : [m, k]];
        int[] right = [.. rightBatch, .. layout == Layout.RightTransposed ? new[] { n, k } : [k, n]];
        var inputs = new OracleInputs(key, new Shape(left), new Shape(right));
        Oracle.Check(() => layout switch
        {
            Layout.Plain => inputs[0].MatMul(inputs[1]),
            Layout.RightTransposed => inputs[0].MatMulTransposed(inputs[1]),
            _ => inputs[0].TransposedMatMul(inputs[1]),
        }, inputs.Parameters, maximumDifferences: inputs.Parameters.Count < 500 ? 8 : 0);   // differences try the reference: small shapes are enough
    }
}
