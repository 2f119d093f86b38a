using Pilotage.Tensors;
using Pilotage.Tensors.Kernels;

namespace Pilotage.Torch.Bench;

/// <summary>Matrix products of the managed kernels beside libtorch's (MKL), on one thread: plain, second operand transposed, first operand transposed.</summary>
internal static unsafe class GemmBench
{
    private static readonly (int Rows, int Columns, int Inner)[] Sizes =
    [
        (64, 64, 64), (64, 256, 256), (256, 256, 256), (1024, 1024, 1024),
        (61, 67, 59), (256, 257, 255), (128, 64, 3),                       // sizes that no tile divides
        (1, 64, 64), (4, 64, 64), (1, 256, 256), (4, 256, 256),            // acting on one row and on four
    ];

    public static IEnumerable<PairedRow> Run()
    {
        foreach (var (m, n, k) in Sizes)
        {
            yield return Row("NN", m, n, k, transposeLeft: false, transposeRight: false);
            yield return Row("NT", m, n, k, transposeLeft: false, transposeRight: true);
            yield return Row("TN", m, n, k, transposeLeft: true, transposeRight: false);
        }
    }

    private static PairedRow Row(string name, int m, int n, int k, bool transposeLeft, bool transposeRight)
    {
        var (left, right) = (transposeLeft ? new Shape(k, m) : new(m, k), transposeRight ? new Shape(n, k) : new(k, n));
        var (a, b, c) = (Numbers(m * k, 1), Numbers(k * n, 2), new AlignedBuffer(m * n));
        var result = new Shape(m, n);
        using var scratch = new Arena();
        using var storedA = HostCopy.Shared(a.Memory);
        using var storedB = HostCopy.Shared(b.Memory);
        using var shapedA = storedA.reshape(HostCopy.Extents(left));
        using var shapedB = storedB.reshape(HostCopy.Extents(right));
        using var tensorA = transposeLeft ? shapedA.t() : shapedA.alias();
        using var tensorB = transposeRight ? shapedB.t() : shapedB.alias();
        var (seconds, ratio, low, high) = Pairing.Measure(
            () =>
            {
                new BatchedProduct(left, right, result, transposeLeft, transposeRight).Forward(a.Start, b.Start, c.Start, scratch);
                scratch.Reset();
            },
            () => tensorA.mm(tensorB).Dispose());
        return new($"gemm {m}x{n}x{k} {name}", 2.0 * m * n * k / seconds / 1e9, "GFLOP/s", "libtorch", ratio, low, high);
    }

    private static AlignedBuffer Numbers(int count, ulong key)
    {
        var buffer = new AlignedBuffer(count);
        var random = new Randomness(key);
        foreach (ref var number in buffer.Memory.Span) number = (float)random.NextUniform(-1, 1);
        return buffer;
    }
}
