using System.Buffers;
using Pilotage.Policies;
using Xunit;

namespace Pilotage.Tests.Policies;

public sealed class LastingNoiseTests
{
    [Theory]
    [InlineData(0.0, 1.0)]
    [InlineData(0.9, 0.5)]
    public void Next_ManySteps_HasTheDeviationAndKeepsTheShare(double memory, double deviation)
    {
        var noise = new LastingNoise(2, memory, deviation);
        var random = new Randomness(5);
        noise.Begin(ref random);
        var (square, product, last) = (0.0, 0.0, (double)noise.Values[1]);
        const int Count = 40_000;
        for (var i = 0; i < Count; i++)
        {
            noise.Next(ref random);
            square += noise.Values[1] * noise.Values[1];
            product += noise.Values[1] * last;
            last = noise.Values[1];
        }

        // Standard errors: of the variance sqrt(2 (1 + rho²) / (1 - rho²) / n) of itself, 0.022 at 0.9; four of them.
        Assert.Equal(deviation * deviation, square / Count, 0.09 * deviation * deviation);
        Assert.Equal(memory, product / square, 0.03);
    }

    [Fact]
    public void Begin_SameStream_IsTheNormalNumbersTimesTheDeviation()
    {
        var noise = new LastingNoise(2, 0.9, 0.5);
        var (random, again) = (new Randomness(5), new Randomness(5));
        noise.Begin(ref random);

        Assert.Equal([0.5f * (float)again.NextNormal(), 0.5f * (float)again.NextNormal()], noise.Values.ToArray());
    }

    [Fact]
    public void Load_WhatWasSaved_GoesOn()
    {
        var (noise, other) = (new LastingNoise(3, 0.9), new LastingNoise(3, 0.9));
        var random = new Randomness(5);
        noise.Begin(ref random);
        var writer = new ArrayBufferWriter<byte>();
        noise.Save(writer);
        var reader = new SequenceReader<byte>(new(writer.WrittenMemory));
        other.Load(ref reader);

        Assert.Equal(noise.Values.ToArray(), other.Values.ToArray());
    }
}
