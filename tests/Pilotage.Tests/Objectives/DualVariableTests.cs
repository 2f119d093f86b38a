using System.Buffers;
using Pilotage.Objectives;
using Xunit;

namespace Pilotage.Tests.Objectives;

public sealed class DualVariableTests
{
    [Fact]
    public void Update_RisesWithViolationFallsWithRoomAndStaysInItsRange()
    {
        var price = new DualVariable(1, rate: 0.5, maximum: 2);
        price.Update(0.3, 0.1);
        Assert.Equal(1.1, price.Value, 1e-12);
        price.Update(0, 1);
        Assert.Equal(0.6, price.Value, 1e-12);
        price.Update(-10, 1);
        Assert.Equal(0, price.Value);
        price.Update(100, 1);
        Assert.Equal(2, price.Value);
        Assert.True(price.IsAtMaximum);
        Assert.Throws<ArgumentException>(() => price.Update(double.NaN, 1));
    }

    [Fact]
    public void SaveLoad_KeepsTheBits()
    {
        var price = new DualVariable(0.1, 0.3);
        price.Update(0.7, 0.2);
        var bytes = new ArrayBufferWriter<byte>();
        price.Save(bytes);
        var other = new DualVariable(0.1, 0.3);
        var reader = new SequenceReader<byte>(new(bytes.WrittenMemory));
        other.Load(ref reader);
        Assert.Equal(price.Value, other.Value);
    }
}
