using CsCheck;
using Pilotage.Environments;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Tests.Environments;

public sealed class RunningMomentsTests
{
    [Fact]
    public void Add_WorkedExample_GivesMeanAndVariance()
    {
        var moments = new RunningMoments(2);
        foreach (var (a, b) in new[] { (2f, 10f), (4f, 10f), (4f, 10f), (4f, 10f), (5f, 10f), (5f, 10f), (7f, 10f), (9f, 10f) }) moments.Add([a, b]);

        Assert.Equal(8, moments.Count);
        Assert.Equal([5.0, 10.0], moments.Mean.ToArray());
        Assert.Equal(4.0, moments.Variance(0), 1e-12);
        Assert.Equal(0.0, moments.Variance(1));
    }

    [Fact]
    public void Variance_NoSamples_IsOne() => Assert.Equal(1.0, new RunningMoments(1).Variance(0));

    [Fact]
    public void Add_AnySamples_EqualsTwoPasses() => Gen.Float[-1000, 1000].Array[1, 50].ForCases(100, samples =>
    {
        var moments = new RunningMoments(1);
        foreach (var sample in samples) moments.Add(sample);
        var mean = samples.Average(sample => (double)sample);
        Assert.Equal(mean, moments.Mean[0], 1e-9);
        Assert.Equal(samples.Average(sample => (sample - mean) * (sample - mean)), moments.Variance(0), 1e-7);
    });

    [Fact]
    public void Add_LargeOffset_DoesNotCancel()
    {
        var moments = new RunningMoments(1);
        for (var i = 0; i < 1000; i++) moments.Add(1e9 + i % 2);         // a sum of squares in double would lose this variance

        Assert.Equal(0.25, moments.Variance(0), 1e-6);
    }

    [Fact]
    public void Add_WrongLength_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new RunningMoments(2).Add([1f]));
        Assert.Throws<InvalidOperationException>(() => new RunningMoments(2).Add(1.0));
    }

    [Fact]
    public void Load_OfSaved_ContinuesBitForBit()
    {
        var original = new RunningMoments(1);
        for (var i = 0; i < 10; i++) original.Add(i * 0.3);
        var restored = new RunningMoments(1);
        VectorEnvironmentSavedTests.Load(restored, VectorEnvironmentSavedTests.Save(original));
        original.Add(0.7);
        restored.Add(0.7);

        Assert.Equal((original.Count, original.Mean[0], original.Variance(0)), (restored.Count, restored.Mean[0], restored.Variance(0)));
    }
}
