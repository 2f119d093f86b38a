using Pilotage.Environments;
using Xunit;

namespace Pilotage.Tests.Environments;

public sealed class ObservationNormalizerTests
{
    [Fact]
    public void Apply_BeforeAnyUpdate_OnlyClips()
    {
        var normalized = new float[2];
        new ObservationNormalizer(2).Apply([3, -50], normalized);

        Assert.Equal([3f, -10f], normalized);
    }

    [Fact]
    public void Apply_AfterUpdate_CentresAndScalesEachComponent()
    {
        var normalizer = new ObservationNormalizer(2);
        normalizer.Update(new FrameBatch(2, [1, 100, 3, 300]));          // means 2 and 200, deviations 1 and 100
        var normalized = new float[4];

        normalizer.Apply([1, 100, 4, 200], normalized);

        float[] expected = [-1, -1, 2, 0];
        for (var i = 0; i < 4; i++) Assert.Equal(expected[i], normalized[i], 1e-6f);
    }

    [Fact]
    public void Update_InactiveRow_IsNotLearnedFrom()
    {
        var normalizer = new ObservationNormalizer(1);
        normalizer.Update(new FrameBatch(3, [1, 1000, 3], default, [true, false, true]));

        Assert.Equal((2L, 2.0), (normalizer.Moments.Count, normalizer.Moments.Mean[0]));
    }

    [Fact]
    public void Apply_ConstantComponent_StaysFinite()
    {
        var normalizer = new ObservationNormalizer(1);
        normalizer.Update(new FrameBatch(2, [5, 5]));
        var normalized = new float[2];
        normalizer.Apply([5, 6], normalized);

        Assert.Equal([0f, 10f], normalized);
    }

    [Fact]
    public void Apply_WrongSizes_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new ObservationNormalizer(2).Apply([1, 2, 3], new float[3]));
        Assert.Throws<ArgumentException>(() => new ObservationNormalizer(2).Apply([1, 2], new float[4]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ObservationNormalizer(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ObservationNormalizer(1, float.NaN));
    }
}
