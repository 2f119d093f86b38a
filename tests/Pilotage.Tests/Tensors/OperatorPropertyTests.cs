using CsCheck;
using Pilotage.Tensors;
using Pilotage.Testing;
using Pilotage.Testing.Reference;
using Xunit;

namespace Pilotage.Tests.Tensors;

/// <summary>What holds for every operator on any valid shape: the reference's values and gradients, and no allocation; and for those that work row by row, the bits of a row alone.</summary>
public sealed class OperatorPropertyTests
{
    /// <summary>Central differences evaluate a case twice each: small ones are enough, since the reference's gradients are exact where its loops are.</summary>
    private const int MostElements = 400;

    private static readonly Gen<int[]> Shapes = Gen.Int[0, 20].Array[1, 4].Select(Limited);

    private static readonly Dictionary<string, Func<Tensor, Tensor>> RowWise = new()
    {
        ["softmax"] = x => x.Softmax(),
        ["log-softmax"] = x => x.LogSoftmax(),
        ["sum"] = x => x.Sum(-1),
        ["mean"] = x => x.Mean(-1),
        ["max"] = x => x.Max(-1),
        ["min"] = x => x.Min(-1),
        ["log-sum-exp"] = x => x.LogSumExp(-1),
        ["cumulative sum"] = x => x.CumulativeSum(),
        ["cumulative log-sum-exp"] = x => x.CumulativeLogSumExp(),
        ["cumulative log-sum-exp inside"] = x => x.Reshape(x.Shape[0], -1, 1).Expand(x.Shape[0], x.Shape[1], 3).CumulativeLogSumExp(1),
        ["cumulative sum inside"] = x => x.Reshape(x.Shape[0], -1, 1).Expand(x.Shape[0], x.Shape[1], 3).CumulativeSum(1),
        ["sum inside"] = x => x.Reshape(x.Shape[0], -1, 1).Expand(x.Shape[0], x.Shape[1], 3).Sum(1),
        ["layer norm"] = x => x.LayerNorm(),
        ["rms norm"] = x => x.RmsNorm(),
        ["less the mean"] = x => x - x.Mean(-1).Reshape(-1, 1),
        ["times a row"] = x => x * Tensor.Filled(1.7f, x.Shape[1]),
        ["elementwise"] = x => x.Erf().LogSigmoid() + x.Abs().LogGamma() * x.Square().Power(0.3f),
        ["recur"] = x => Tensor.Concat(1, x, x, x).Recur(Tensor.Concat(1, x, -x, x * 2f), x),
        ["sorted"] = x => x.Gather(x.Sorted()),
    };

    public static TheoryData<string> Names => [.. OperatorCases.All.Keys];

    public static TheoryData<string> RowWiseNames => [.. RowWise.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Operator_AnyShape_AgreesWithTheReference(string name) =>
        Gen.Select(Shapes, Gen.ULong).ForCases(16, drawn =>
        {
            var (shape, key) = drawn;
            var drawnCase = OperatorCases.All[name](shape, new Randomness(key));
            var inputs = drawnCase.Draw(key);
            Oracle.Check(() => drawnCase.Function(inputs), inputs.Parameters, maximumDifferences: 6);
        });

    [Theory, MemberData(nameof(RowWiseNames))]
    public void RowWise_OfOneRow_HasTheBitsOfThatRowInABatch(string name)
    {
        foreach (var (rows, columns) in new[] { (1, 1), (3, 2), (17, 5), (5, 16), (33, 17), (7, 70) })
        {
            var inputs = new OracleInputs((ulong)columns, -3, 3, new Shape(rows, columns));
            var batch = Results(inputs, rows, x => RowWise[name](x), out var gradient);
            for (var row = 0; row < rows; row++)
            {
                var alone = new OracleInputs(0, new Shape(1, columns));
                inputs.Parameters.All[0].Values.Slice(row * columns, columns).CopyTo(alone.Parameters.All[0].Values);
                Assert.Equal(batch[row], Results(alone, 1, x => RowWise[name](x), out var gradientAlone)[0]);
                Assert.Equal(gradient[(row * columns)..((row + 1) * columns)], gradientAlone);
            }
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Operator_InSteadyState_AllocatesNothing(string name)
    {
        var used = OperatorCases.All[name]([3, 7, 5], new Randomness(5));
        var inputs = used.Draw(1);
        Assert.Equal(0, Allocations.Fewest(Run, repetitions: 5, warmUp: 8));

        void Run()
        {
            using var step = Step.Begin();
            Backends.Backward(used.Function(inputs).Sum(), inputs.Parameters);
        }
    }

    /// <summary>The results of each row, and the gradient of their sum.</summary>
    private static float[][] Results(OracleInputs inputs, int rows, Func<Tensor, Tensor> function, out float[] gradient)
    {
        using var step = Step.Begin();
        inputs.Parameters.ClearGradients();
        var result = function(inputs[0]);
        Backends.Backward(result.Sum(), inputs.Parameters);
        gradient = inputs.Parameters.All[0].Gradient.ToArray();
        var values = Backends.Values(result);
        return [.. values.Chunk(values.Length / rows)];
    }

    private static int[] Limited(int[] shape)
    {
        var rest = MostElements;
        return [.. shape.Select(extent =>
        {
            var limited = Math.Min(extent, Math.Max(1, rest));
            rest /= Math.Max(1, limited);
            return limited;
        })];
    }
}
