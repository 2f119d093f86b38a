using Pilotage.Systems.Language.DcpoDistribution;
using Xunit;

namespace Pilotage.Systems.Language.Tests.DcpoDistribution;

public sealed class EntropyThermostatTests
{
    [Theory]
    [InlineData(0.1, 0.5, 0.25, 1.2, 0.4, 0.285714)]           // too low by more than the cap
    [InlineData(0.9, 0.5, 0.25, 0.8, 0.4, 0.285714)]           // too high
    [InlineData(0.45, 0.5, 0.5, 1.2, 0.1, 0.0909091)]
    [InlineData(0.53, 0.5, 0.6, 0.8, 0.05, 0.0476190)]
    [InlineData(0.5, 0.5, 0.6, 1.2, 0, 0)]                     // on the set point
    [InlineData(0, 0.5, 1, 1.2, 0.1, 0.0909091)]               // what the released code takes for the first update
    public void Read_DistanceAndShare_AreTheExamplesByHand(double entropy, double target, double share, double temperature, double coefficient, double weight)
    {
        var reading = new EntropyThermostat(target).Read(entropy, share);
        Assert.Equal(temperature, reading.Temperature);
        Assert.Equal(coefficient, reading.Coefficient, 1e-9);
        Assert.Equal(weight, reading.Weight, 1e-6);
    }

    [Fact]
    public void Read_NothingCorrect_HasNoWeightInsteadOfADivisionByZero() => Assert.Equal(new(1.2, 0, 0), new EntropyThermostat(0.5).Read(0.1, 0));

    [Fact]
    public void Read_OtherSettings_AreUsed()
    {
        Assert.Equal(new(1.5, 0.3, 0.3 / 1.3), new EntropyThermostat(1, 1.5, 0.5, 0.3).Read(0.2, 1));
        Assert.Equal(0.5, new EntropyThermostat(1, 1.5, 0.5, 0.3).Read(1.1, 1).Temperature);
    }
}
