using System.Buffers.Binary;
using System.Runtime.InteropServices;
using CsCheck;
using Pilotage.Testing;
using Pilotage.Training;
using Xunit;

namespace Pilotage.Tests.Training;

public sealed class FloatConversionTests
{
    private static readonly ushort[] AllPatterns = [.. Enumerable.Range(0, 1 << 16).Select(bits => (ushort)bits)];

    [Fact]
    public void WidenBFloat16_AllPatterns_AreTheUpperHalfOfASingle()
    {
        var wide = new float[AllPatterns.Length];

        FloatConversion.WidenBFloat16(MemoryMarshal.AsBytes(AllPatterns.AsSpan()), wide);

        Assert.Equal(AllPatterns.Select(bits => (uint)bits << 16), wide.Select(BitConverter.SingleToUInt32Bits));
    }

    [Fact]
    public void WidenHalf_AllPatterns_EqualTheRuntimes()
    {
        var wide = new float[AllPatterns.Length];

        FloatConversion.WidenHalf(MemoryMarshal.AsBytes(AllPatterns.AsSpan()), wide);

        foreach (var bits in AllPatterns)
        {
            var half = BitConverter.UInt16BitsToHalf(bits);
            // The runtime makes signalling NaNs quiet; here every bit of the payload stays.
            var expected = Half.IsNaN(half) ? ((bits & 0x8000u) << 16) | 0x7F800000u | ((bits & 0x3FFu) << 13) : BitConverter.SingleToUInt32Bits((float)half);
            Assert.Equal(expected, BitConverter.SingleToUInt32Bits(wide[bits]));
        }
    }

    [Fact]
    public void Widen_AnyLengthAndAlignment_EqualsOneElementAtATime() =>
        Gen.Select(Gen.UShort.Array[0, 70], Gen.Int[0, 3]).ForCases(500, (bits, shift) =>
        {
            var bytes = new byte[shift + (bits.Length * sizeof(ushort))];
            MemoryMarshal.AsBytes(bits.AsSpan()).CopyTo(bytes.AsSpan(shift));
            var (brain, half, one) = (new float[bits.Length], new float[bits.Length], new float[1]);

            FloatConversion.WidenBFloat16(bytes.AsSpan(shift), brain);
            FloatConversion.WidenHalf(bytes.AsSpan(shift), half);

            for (var i = 0; i < bits.Length; i++)
            {
                FloatConversion.WidenBFloat16(bytes.AsSpan(shift + (i * sizeof(ushort)), sizeof(ushort)), one);
                Assert.Equal(BitConverter.SingleToInt32Bits(one[0]), BitConverter.SingleToInt32Bits(brain[i]));
                FloatConversion.WidenHalf(bytes.AsSpan(shift + (i * sizeof(ushort)), sizeof(ushort)), one);
                Assert.Equal(BitConverter.SingleToInt32Bits(one[0]), BitConverter.SingleToInt32Bits(half[i]));
            }
        });

    [Fact]
    public void NarrowDouble_AnyBits_EqualsTheCast() =>
        Gen.ULong.Select(BitConverter.UInt64BitsToDouble).Array[0, 40].ForCases(500, values =>
        {
            double[] all = [.. values, double.NaN, double.NegativeInfinity, -0.0, double.Epsilon, double.MaxValue, 1e-40, 1 + 5.9604644775390625e-8, 16777217];
            var narrow = new float[all.Length];

            FloatConversion.NarrowDouble(MemoryMarshal.AsBytes(all.AsSpan()), narrow);

            for (var i = 0; i < all.Length; i++)
            {
                if (double.IsNaN(all[i])) Assert.True(float.IsNaN(narrow[i]));
                else Assert.Equal(BitConverter.SingleToInt32Bits((float)all[i]), BitConverter.SingleToInt32Bits(narrow[i]));
            }
        });

    [Fact]
    public void NarrowToBFloat16_WhatWasWidened_IsUnchangedButForQuietedNaNs()
    {
        var (wide, again) = (new float[AllPatterns.Length], new ushort[AllPatterns.Length]);
        FloatConversion.WidenBFloat16(MemoryMarshal.AsBytes(AllPatterns.AsSpan()), wide);

        FloatConversion.NarrowToBFloat16(wide, again);

        Assert.Equal(AllPatterns.Select(bits => float.IsNaN(wide[bits]) ? (ushort)(bits | 0x40) : bits), again);
    }

    [Fact]
    public void NarrowToHalf_WhatWasWidened_IsUnchanged()
    {
        var (wide, again) = (new float[AllPatterns.Length], new ushort[AllPatterns.Length]);
        FloatConversion.WidenHalf(MemoryMarshal.AsBytes(AllPatterns.AsSpan()), wide);

        FloatConversion.NarrowToHalf(wide, again);

        foreach (var bits in AllPatterns)
        {
            if (float.IsNaN(wide[bits])) Assert.True(Half.IsNaN(BitConverter.UInt16BitsToHalf(again[bits])));
            else Assert.Equal(bits, again[bits]);
        }
    }

    [Theory]
    [InlineData(0x3F808000u, 0x3F80)]      // 1 + half a unit: to even, down
    [InlineData(0x3F818000u, 0x3F82)]      // to even, up
    [InlineData(0x3F808001u, 0x3F81)]      // just above the middle
    [InlineData(0x3F807FFFu, 0x3F80)]      // just below
    [InlineData(0xBF818000u, 0xBF82)]      // away from zero on the negative side alike
    [InlineData(0x7F7FFFFFu, 0x7F80)]      // the largest single becomes infinity
    [InlineData(0x00008000u, 0x0000)]      // half of the smallest subnormal: to even
    [InlineData(0x00008001u, 0x0001)]
    [InlineData(0x80000000u, 0x8000)]      // minus zero
    [InlineData(0x7F800001u, 0x7FC0)]      // a NaN whose payload is lost stays a NaN
    [InlineData(0xFFFFFFFFu, 0xFFFF)]      // a NaN that a carry would turn to zero
    public void NarrowToBFloat16_Ties_GoToEven(uint single, ushort expected)
    {
        var narrow = new ushort[1];

        FloatConversion.NarrowToBFloat16([BitConverter.UInt32BitsToSingle(single)], narrow);

        Assert.Equal(expected, narrow[0]);
    }

    [Theory]
    [InlineData(1.00048828125f, 0x3C00)]      // 1 + 2^-11: to even, down
    [InlineData(1.00146484375f, 0x3C02)]      // 1 + 3 2^-11: to even, up
    [InlineData(65519.996f, 0x7BFF)]
    [InlineData(65520f, 0x7C00)]              // half a unit above the largest: infinity
    [InlineData(2.9802322e-8f, 0x0000)]       // half of the smallest subnormal
    [InlineData(2.9802326e-8f, 0x0001)]
    [InlineData(-0f, 0x8000)]
    public void NarrowToHalf_Ties_GoToEven(float single, ushort expected)
    {
        var narrow = new ushort[1];

        FloatConversion.NarrowToHalf([single], narrow);

        Assert.Equal(expected, narrow[0]);
    }

    [Fact]
    public void NarrowToBFloat16_AnySingle_IsNearerThanItsNeighbours() =>
        Gen.Float.ForCases(5000, value =>
        {
            var narrow = new ushort[1];
            FloatConversion.NarrowToBFloat16([value], narrow);
            if (!float.IsFinite(value) || (narrow[0] & 0x7FFF) is 0 or >= 0x7F7F) return;

            double Distance(int bits) => Math.Abs((double)BinaryPrimitives.ReadSingleLittleEndian([0, 0, (byte)bits, (byte)(bits >> 8)]) - value);

            Assert.True(Distance(narrow[0]) <= Distance(narrow[0] - 1));
            Assert.True(Distance(narrow[0]) <= Distance(narrow[0] + 1));
        });
}
