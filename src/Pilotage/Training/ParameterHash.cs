using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Pilotage.Training;

/// <summary>One text that is the same exactly if all weights are the same, bit for bit.</summary>
public static class ParameterHash
{
    // A multiple of the hash's block, small enough for the stack.
    private const int ChunkFloats = 256;

    /// <summary>SHA-256 over names, shapes and the little-endian bits of the values, in the given order.</summary>
    /// <param name="weights">The blocks; order counts.</param>
    /// <returns>64 lower-case hexadecimal digits. Minus zero and zero differ, as do NaNs of different bits.</returns>
    public static string Of(IReadOnlyList<WeightBlock> weights)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, weights.Count);
        foreach (var block in weights)
        {
            // Lengths stand before names and shapes, so that no two lists of blocks give the same bytes.
            var name = Encoding.UTF8.GetBytes(block.Name);
            Append(hash, name.Length);
            hash.AppendData(name);
            Append(hash, block.Shape.Count);
            foreach (var size in block.Shape) Append(hash, size);
            Append(hash, block.Values.Length);
            AppendValues(hash, block.Values.Span);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void AppendValues(IncrementalHash hash, ReadOnlySpan<float> values)
    {
        Span<byte> bytes = stackalloc byte[ChunkFloats * sizeof(float)];
        for (var start = 0; start < values.Length; start += ChunkFloats)
        {
            var chunk = values[start..Math.Min(start + ChunkFloats, values.Length)];
            for (var i = 0; i < chunk.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(bytes[(i * sizeof(float))..], chunk[i]);
            hash.AppendData(bytes[..(chunk.Length * sizeof(float))]);
        }
    }

    private static void Append(IncrementalHash hash, int number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
