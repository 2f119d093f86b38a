using Pilotage.Tensors;
using Pilotage.Tensors.Kernels;
using Xunit;

namespace Pilotage.Tests.Tensors.Kernels;

public sealed unsafe class AlignedBufferTests
{
    [Fact]
    public void Buffer_OfAnyLength_BeginsOnACacheLineAndIsZero()
    {
        for (var length = 0; length < 40; length++)
        {
            var buffer = new AlignedBuffer(length);
            Assert.Equal(0, (nint)buffer.Start % 64);
            Assert.Equal(length, buffer.Memory.Length);
            for (var i = 0; i < length + Arena.Slack; i++) Assert.Equal(0, buffer.Start[i]);
        }
    }

    [Fact]
    public void Parameters_AddedOneByOne_StandOnCacheLinesWhereTheirPointersSay()
    {
        var random = new Randomness(1);
        var parameters = new Parameters();
        for (var i = 0; i < 5; i++) parameters.Add($"p{i}", new(i + 1, 7), new Initializer.Normal(1), ref random);
        foreach (var parameter in parameters.All)
        {
            Assert.Equal(0, (nint)parameter.ValuePointer % 64);
            Assert.Equal(0, (nint)parameter.GradientPointer % 64);
            for (var i = 0; i < parameter.Shape.Count; i++) Assert.Equal(parameter.Values[i], parameter.ValuePointer[i]);
        }
    }
}
