using System.Numerics;

namespace Pilotage.Lab.TensorBoard;

/// <summary>CRC-32C (Castagnoli), and the masked form that stands in TFRecord files.</summary>
/// <remarks>The mask keeps a checksum of data that hold checksums from being weak: rotate right by 15 bits and add 0xa282ead8.</remarks>
internal static class MaskedCrc
{
    private const uint MaskDelta = 0xa282ead8;

    /// <summary>The checksum of RFC 3720.</summary>
    public static uint Crc32C(ReadOnlySpan<byte> bytes)
    {
        var crc = ~0u;
        foreach (var value in bytes) crc = BitOperations.Crc32C(crc, value);
        return ~crc;
    }

    /// <summary>The checksum as TFRecord files hold it.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes) => BitOperations.RotateRight(Crc32C(bytes), 15) + MaskDelta;
}
