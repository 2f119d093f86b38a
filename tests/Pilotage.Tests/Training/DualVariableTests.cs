using System.Buffers;
using Pilotage.Training;
using Xunit;

namespace Pilotage.Tests.Training;

public sealed class DualVariableTests
{
    [Theory]
    [InlineData(1, 0.1, 1.03)]
    [InlineData(1, 0, 0.98)]
    [InlineData(0.01, 0, 0)]                              // never below 0
    [InlineData(1, 0.04, 1)]                              // at the limit: stays
    [InlineData(1, 1e9, 100)]                             // nor above the maximum
    public void Ascend_OneStep_IsTheWorkedExample(double initial, double measured, double expected)
    {
        var dual = new DualVariable(initial, rate: 0.5, limit: 0.04);
        Assert.Equal(expected, dual.Ascend(measured), 1e-12);
        Assert.Equal(expected, dual.Value, 1e-12);
        Assert.Equal(expected == 100, dual.IsAtMaximum);
    }

    [Fact]
    public void Ascend_NotANumber_StopsTheRunAndKeepsTheMultiplier()
    {
        var dual = new DualVariable(1, 0.5, 0.04);
        Assert.Throws<RunFailedException>(() => dual.Ascend(double.NaN));
        Assert.Equal(1, dual.Value);
    }

    [Theory]
    [InlineData(-0.1, 0.5, 0.04, 100)]
    [InlineData(101, 0.5, 0.04, 100)]
    [InlineData(1, -0.5, 0.04, 100)]
    [InlineData(1, 0.5, double.NaN, 100)]
    [InlineData(1, 0.5, 0.04, 0)]
    [InlineData(double.NaN, 0.5, 0.04, 100)]
    public void Make_NumberOutOfRange_IsRefused(double initial, double rate, double limit, double maximum) =>
        Assert.Throws<ArgumentException>(() => new DualVariable(initial, rate, limit, maximum));

    [Fact]
    public void Load_OfWhatWasSaved_GoesOnFromTheSameBits()
    {
        var dual = new DualVariable(1, 0.3, 0.04);
        dual.Ascend(0.11);
        var writer = new ArrayBufferWriter<byte>();
        dual.Save(writer);
        var copy = new DualVariable(5, 0.3, 0.04);
        var reader = new SequenceReader<byte>(new(writer.WrittenMemory));
        copy.Load(ref reader);
        Assert.Equal(dual.Value, copy.Value);
        Assert.Equal(dual.Ascend(0.2), copy.Ascend(0.2));
    }
}
