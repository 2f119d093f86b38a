using System.Buffers;
using Pilotage.Lab.TensorBoard;
using Xunit;

namespace Pilotage.Lab.Tests.TensorBoard;

public sealed class MaskedCrcTests
{
    // RFC 3720, appendix B.4.
    [Fact]
    public void Crc32C_VectorsOfTheStandard_AreMet()
    {
        byte[] ascending = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
        Assert.Equal(0x8a9136aau, MaskedCrc.Crc32C(new byte[32]));
        Assert.Equal(0x62a8ab43u, MaskedCrc.Crc32C([.. Enumerable.Repeat((byte)0xff, 32)]));
        Assert.Equal(0x46dd794eu, MaskedCrc.Crc32C(ascending));
        Assert.Equal(0x113fdb5cu, MaskedCrc.Crc32C([.. ascending.Reverse()]));
        Assert.Equal(0xe3069283u, MaskedCrc.Crc32C("123456789"u8));       // the check value of CRC catalogues
    }

    // The first twelve bytes of every event file that TensorFlow writes: a record of 24 bytes follows.
    [Fact]
    public void Write_ARecordOf24Bytes_BeginsAsTensorFlowsFilesDo()
    {
        var frames = new ArrayBufferWriter<byte>();

        RecordFraming.Write(frames, new byte[24]);

        Assert.Equal([0x18, 0, 0, 0, 0, 0, 0, 0, 0xa3, 0x7f, 0x4b, 0x22], frames.WrittenSpan[..12].ToArray());
        Assert.Equal(8 + 4 + 24 + 4, frames.WrittenCount);
    }

    [Fact]
    public void TryRead_AnyBitChangedOrByteCutOff_IsNoRecord()
    {
        var frames = new ArrayBufferWriter<byte>();
        RecordFraming.Write(frames, "a record"u8);
        var bytes = frames.WrittenSpan.ToArray();
        ReadOnlyMemory<byte> record = default;
        Assert.Equal(bytes.Length, RecordFraming.TryRead(bytes, ref record));
        Assert.Equal("a record"u8, record.Span);

        for (var length = 0; length < bytes.Length; length++) Assert.Equal(0, RecordFraming.TryRead(bytes.AsMemory(0, length), ref record));
        for (var bit = 0; bit < 8 * bytes.Length; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << bit % 8);
            Assert.Equal(0, RecordFraming.TryRead(bytes, ref record));
            bytes[bit / 8] ^= (byte)(1 << bit % 8);
        }
    }
}
