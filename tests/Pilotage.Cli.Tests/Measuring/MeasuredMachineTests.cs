using Pilotage.Cli.Measuring;
using Xunit;

namespace Pilotage.Cli.Tests.Measuring;

public sealed class MeasuredMachineTests
{
    [Theory]
    [InlineData(0.0, 2, true)]
    [InlineData(0.5, 2, true)]
    [InlineData(0.51, 2, false)]
    [InlineData(0.51, 4, true)]
    [InlineData(15, 2, false)]
    public void IsQuiet_ByTheLoadForEachProcessor(double load, int processors, bool isQuiet) => Assert.Equal(isQuiet, new MeasuredMachine("", 512, processors, load).IsQuiet);

    [Fact]
    public void IsQuiet_WithoutALoad_IsNotKnown() => Assert.Null(new MeasuredMachine("", 512, 2, null).IsQuiet);

    [Fact]
    public void Read_OfThisMachine_NamesProcessorsAndVectors()
    {
        var machine = MeasuredMachine.Read();

        Assert.Contains("processors", machine.Description, StringComparison.Ordinal);
        Assert.Contains(machine.Vectors, new[] { 128, 256, 512 });
        Assert.Equal(OperatingSystem.IsLinux(), machine.Load is >= 0);
    }
}
