using Pilotage.Tensors;

namespace Pilotage.Tests.Tensors;

/// <summary>Every public operator on tensors by name, for a drawn shape: axes, indices, masks and further operands follow from the stream.</summary>
internal static class OperatorCases
{
    public delegate OperatorCase Builder(int[] shape, Randomness random);

    public static readonly Dictionary<string, Builder> All = new()
    {
        ["negate"] = Unary(x => -x),
        ["exp"] = Unary(x => x.Exp()),
        ["log"] = Unary(x => x.Log(), 0.2, 5),
        ["log1p"] = Unary(x => x.Log1p(), -0.8, 5),
        ["expm1"] = Unary(x => x.Expm1()),
        ["sqrt"] = Unary(x => x.Sqrt(), 0.2, 5),
        ["square"] = Unary(x => x.Square()),
        ["power"] = Unary(x => x.Power(1.7f), 0.2, 3),
        ["abs"] = Unary(x => x.Abs()),
        ["sign"] = Unary(x => x.Sign() * x),
        ["tanh"] = Unary(x => x.Tanh()),
        ["sigmoid"] = Unary(x => x.Sigmoid()),
        ["log-sigmoid"] = Unary(x => x.LogSigmoid()),
        ["softplus"] = Unary(x => x.Softplus()),
        ["relu"] = Unary(x => x.Relu()),
        ["leaky relu"] = Unary(x => x.LeakyRelu(0.3f)),
        ["elu"] = Unary(x => x.Elu()),
        ["selu"] = Unary(x => x.Selu()),
        ["silu"] = Unary(x => x.Silu()),
        ["gelu"] = Unary(x => x.Gelu()),
        ["erf"] = Unary(x => x.Erf()),
        ["log-gamma"] = Unary(x => x.LogGamma(), 0.3, 9),
        ["digamma"] = Unary(x => x.Digamma(), 0.5, 9),
        ["sin"] = Unary(x => x.Sin()),
        ["cos"] = Unary(x => x.Cos()),
        ["clamp"] = Unary(x => x.Clamp(-0.7f, 0.9f)),
        ["huber"] = Unary(x => x.Huber(0.8f)),
        ["numbers"] = Unary(x => 2f - (1.5f * x + 0.3f) / 3f + 0.7f / (x + 4f)),
        ["detach"] = Unary(x => x * x.Detach()),
        ["checkpoint"] = Unary(x => x.Checkpoint(static y => y.Tanh() * y)),
        ["add"] = Pair((a, b) => a + b),
        ["subtract"] = Pair((a, b) => a - b),
        ["multiply"] = Pair((a, b) => a * b),
        ["divide"] = Pair((a, b) => a / b),
        ["minimum"] = Pair(Tensor.Minimum),
        ["maximum"] = Pair(Tensor.Maximum),
        ["where greater"] = Pair((a, b) => Tensor.Where(a.IsGreater(b), a, b * b)),
        ["where less or equal"] = Pair((a, b) => Tensor.Where(a.IsLess(b) | a.IsEqual(b), a, b * b)),
        ["where neither"] = Pair((a, b) => Tensor.Where(!a.IsGreater(b) & !b.IsGreater(a), a, b)),
        ["sum"] = Reduced((x, axes) => x.Sum(axes), mayBeEmpty: true),
        ["mean"] = Reduced((x, axes) => x.Mean(axes), mayBeEmpty: false),
        ["max"] = Reduced((x, axes) => x.Max(axes), mayBeEmpty: false),
        ["min"] = Reduced((x, axes) => x.Min(axes), mayBeEmpty: false),
        ["log-sum-exp"] = Reduced((x, axes) => x.LogSumExp(axes), mayBeEmpty: true),
        ["softmax"] = Unary(x => x.Softmax()),
        ["log-softmax"] = Unary(x => x.LogSoftmax()),
        ["masked softmax"] = Masked((x, mask) => x.Softmax(mask)),
        ["masked log-softmax"] = Masked((x, mask) => Tensor.Where(mask, x.LogSoftmax(mask), x)),
        ["cumulative sum"] = Along((x, axis) => x.CumulativeSum(axis)),
        ["cumulative log-sum-exp"] = Along((x, axis) => x.CumulativeLogSumExp(axis)),
        ["layer norm"] = (shape, _) => new(p => p[0].LayerNorm(p[1], p[2], 1e-2f), new(shape), new(shape[^1]), new(shape[^1])),
        ["rms norm"] = (shape, _) => new(p => p[0].RmsNorm(p[1], 1e-2f), new(shape), new(shape[^1])),
        ["dropout"] = Unary(x =>
        {
            var random = new Randomness(3);
            return x.Dropout(0.4f, ref random);
        }),
        ["linear"] = (shape, random) =>
        {
            var (outputs, activation) = (random.NextInt(20), (Activation)random.NextInt(Enum.GetValues<Activation>().Length));
            return new(p => p[0].Linear(p.Parameters.All[1], p.Parameters.All[2], activation), new(shape), new(shape[^1], outputs), new(outputs));
        },
        ["matmul"] = (shape, random) => Product(shape, random, (a, b) => a.MatMul(b), (m, k, n) => ((m, k), (k, n))),
        ["matmul transposed"] = (shape, random) => Product(shape, random, (a, b) => a.MatMulTransposed(b), (m, k, n) => ((m, k), (n, k))),
        ["transposed matmul"] = (shape, random) => Product(shape, random, (a, b) => a.TransposedMatMul(b), (m, k, n) => ((k, m), (k, n))),
        ["gather"] = (shape, random) => Picked(shape, random, vanishes: random.NextInt(2) == 0),
        ["scatter-add"] = (shape, random) =>
        {
            var (axis, extent) = (random.NextInt(shape.Length), 1 + random.NextInt(20));
            var picks = Picks(new Shape(shape).Count, extent, ref random);
            return new(p => p[0].ScatterAdd(Indices.From(picks, shape), axis, extent), new Shape(shape));
        },
        ["top-k"] = (shape, random) =>
        {
            var count = random.NextInt(shape[^1] + 1);
            return new(p => p[0].Gather(p[0].TopK(count)), new Shape(shape));
        },
        ["sorted"] = Unary(x => x.Gather(x.Sorted())),
        ["arg-max"] = (shape, _) => shape[^1] == 0 ? new(p => p[0], new Shape(shape)) : new(p => p[0].Gather(p[0].ArgMax()), new Shape(shape)),
        ["expand"] = (shape, random) => new(p => p[0].Expand(shape), Shrunk(shape, ref random)),
        ["reshape"] = (shape, random) =>
        {
            var count = new Shape(shape).Count;
            return new(p => (count == 0 ? p[0].Reshape(7, 0) : p[0].Reshape(-1, 1)).Square(), new Shape(shape));
        },
        ["transpose"] = (shape, random) =>
        {
            var (first, second) = (random.NextInt(shape.Length), random.NextInt(shape.Length));
            return new(p => p[0].Transpose(first, second).Square(), new Shape(shape));
        },
        ["slice"] = (shape, random) =>
        {
            var axis = random.NextInt(shape.Length);
            var start = random.NextInt(shape[axis] + 1);
            var length = random.NextInt(shape[axis] - start + 1);
            return new(p => p[0].Slice(axis, start, length), new Shape(shape));
        },
        ["concat"] = (shape, random) =>
        {
            var axis = random.NextInt(shape.Length);
            return new(p => Tensor.Concat(axis, p[0], p[1], p[0]), new Shape(shape), new Shape(shape).With(axis, random.NextInt(9)));
        },
        ["stack"] = (shape, random) =>
        {
            var axis = random.NextInt(shape.Length + 1);
            return new(p => Tensor.Stack(axis, p[0], p[1], p[0]), new Shape(shape), new Shape(shape));
        },
        ["pad"] = (shape, random) =>
        {
            var (axis, before, after) = (random.NextInt(shape.Length), random.NextInt(4), random.NextInt(4));
            return new(p => p[0].Pad(axis, before, after, 0.5f), new Shape(shape));
        },
        ["recur"] = (shape, _) =>
        {
            var (rows, columns) = (shape[0], shape[^1]);
            return new(p => p[0].Recur(p[1], p[2]), new(rows, 3 * columns), new(rows, 3 * columns), new(rows, columns));
        },
    };

    private static Builder Unary(Func<Tensor, Tensor> function, double low = -2, double high = 2) => (shape, _) => new(p => function(p[0]), new Shape(shape)) { Range = (low, high) };

    /// <summary>Both operands lose some extents, the right one some leading axes too. Above 0.3, so that divisors stay away from 0.</summary>
    private static Builder Pair(Func<Tensor, Tensor, Tensor> function) => (shape, random) =>
    {
        var (left, right) = (Shrunk(shape, ref random), Shrunk(shape, ref random));
        if (random.NextInt(2) == 0) left = new(shape);
        return new(p => function(p[0], p[1]), left, right) { Range = (0.3, 3) };
    };

    private static Builder Reduced(Func<Tensor, int[], Tensor> function, bool mayBeEmpty) => (shape, random) =>
    {
        var bits = random.NextInt(1 << shape.Length);
        int[] axes = [.. Enumerable.Range(0, shape.Length).Where(axis => (bits >> axis & 1) != 0)];
        int[] extents = mayBeEmpty ? shape : [.. shape.Select(extent => Math.Max(1, extent))];
        return new(p => function(p[0], axes), new Shape(extents));
    };

    private static Builder Along(Func<Tensor, int, Tensor> function) => (shape, random) =>
    {
        var axis = random.NextInt(shape.Length);
        return new(p => function(p[0], axis), new Shape(shape));
    };

    private static Builder Masked(Func<Tensor, Mask, Tensor> function) => (shape, random) =>
    {
        var legal = new bool[new Shape(shape).Count];
        for (var i = 0; i < legal.Length; i++) legal[i] = i % shape[^1] == 0 || random.NextInt(3) > 0;
        return new(p => function(p[0], Mask.From(legal, shape)), new Shape(shape));
    };

    private static OperatorCase Product(int[] shape, Randomness random, Func<Tensor, Tensor, Tensor> function, Func<int, int, int, ((int, int) Left, (int, int) Right)> extents)
    {
        var (left, right) = extents(random.NextInt(9), shape[^1], random.NextInt(9));
        int[] leading = shape[..^1].Length > 2 ? shape[..2] : shape[..^1];
        var (first, second) = (Shrunk(leading, ref random), Shrunk(leading, ref random));
        return new(p => function(p[0], p[1]), Matrices(first, left), Matrices(second, right));

        static Shape Matrices(Shape leading, (int Rows, int Columns) matrix)
        {
            var all = new int[leading.Rank + 2];
            leading.CopyTo(all);
            (all[^2], all[^1]) = matrix;
            return new(all);
        }
    }

    private static OperatorCase Picked(int[] shape, Randomness random, bool vanishes)
    {
        var axis = random.NextInt(shape.Length);
        int[] source = [.. shape.Select((extent, i) => i == axis ? Math.Max(1, extent) : extent)];
        int[] index = vanishes ? [.. shape.Where((_, i) => i != axis)] : [.. shape.Select((extent, i) => i == axis ? random.NextInt(12) : extent)];
        var picks = Picks(new Shape(index).Count, source[axis], ref random);
        return new(p => p[0].Gather(Indices.From(picks, index), axis), new Shape(source));
    }

    private static int[] Picks(int count, int extent, ref Randomness random)
    {
        var picks = new int[count];
        foreach (ref var pick in picks.AsSpan()) pick = random.NextInt(extent);
        return picks;
    }

    /// <summary>A shape that broadcasts to another: some extents become 1, some leading axes go.</summary>
    private static Shape Shrunk(int[] shape, ref Randomness random)
    {
        var shrunk = shape.ToArray();
        foreach (ref var extent in shrunk.AsSpan())
            if (random.NextInt(2) == 0) extent = 1;
        return new(shrunk.AsSpan(random.NextInt(2) * random.NextInt(shape.Length + 1)));
    }
}
