using Pilotage.Tensors;
using Xunit;

namespace Pilotage.Tests.Tensors;

public sealed class ScheduleTests
{
    [Theory]
    [InlineData(0.0, 4.0)]
    [InlineData(0.25, 3.0)]
    [InlineData(0.5, 2.0)]
    [InlineData(0.9, 2.0)]
    [InlineData(-1.0, 4.0)]
    public void Linear_UntilHalf_FallsThenStays(double progress, double expected) => Assert.Equal(expected, new Schedule.Linear(4, 2, 0.5).At(progress), 1e-12);

    [Theory]
    [InlineData(0.0, 1.0)]
    [InlineData(0.5, 0.6)]
    [InlineData(1.0, 0.2)]
    [InlineData(7.0, 0.2)]
    public void Cosine_FromOneEndToTheOther_IsHalfAWave(double progress, double expected) => Assert.Equal(expected, new Schedule.Cosine(1, 0.2).At(progress), 1e-12);

    [Fact]
    public void Constant_Anywhere_IsTheNumber() => Assert.Equal(0.3, new Schedule.Constant(0.3).At(0.7));

    [Fact]
    public void Schedule_AtNaN_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => new Schedule.Constant(1).At(double.NaN));
}
