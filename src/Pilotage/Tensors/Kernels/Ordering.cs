namespace Pilotage.Tensors.Kernels;

/// <summary>The places of the smallest or largest elements of each row.</summary>
internal static unsafe class Ordering
{
    /// <summary>places [rows, count] of x [rows, columns]. Equal elements keep their order; NaN is the largest; -0 equals 0. Scratch: two elements for each column.</summary>
    public static void Run(float* x, int* places, int rows, int columns, int count, bool descending, float* scratch)
    {
        var keys = new Span<ulong>(scratch, columns);
        for (var row = 0; row < rows; row++, x += columns, places += count)
        {
            for (var i = 0; i < columns; i++)
            {
                var rank = Rank(x[i]);
                // The place in the lower half makes every key different, so that an unstable sort is stable.
                keys[i] = (ulong)(descending ? ~rank : rank) << 32 | (uint)i;
            }
            keys.Sort();
            for (var i = 0; i < count; i++) places[i] = (int)keys[i];
        }
    }

    /// <summary>Unsigned numbers in the order of the floats.</summary>
    private static uint Rank(float value)
    {
        if (float.IsNaN(value)) return uint.MaxValue;
        // Adding zero turns -0 into 0.
        var bits = BitConverter.SingleToUInt32Bits(value + 0f);
        return (bits & 0x80000000) != 0 ? ~bits : bits | 0x80000000;
    }
}
