using System.Buffers;
using Xunit;

namespace Pilotage.Tests;

public sealed class RandomnessTests
{
    /// <summary>Known answers published with the authors' library Random123 (file kat_vectors, lines "philox2x64 10"): counter words, key, first word.</summary>
    [Theory]
    [InlineData(0x0000000000000000, 0x0000000000000000, 0x0000000000000000, 0xca00a0459843d731)]
    [InlineData(0xffffffffffffffff, 0xffffffffffffffff, 0xffffffffffffffff, 0x65b021d60cd8310f)]
    [InlineData(0x243f6a8885a308d3, 0x13198a2e03707344, 0xa4093822299f31d0, 0x0a5e742c2997341c)]
    public void Block_PublishedVectors_GivesTheFirstWord(ulong left, ulong right, ulong key, ulong expected) =>
        Assert.Equal(expected, Randomness.Block(left, right, key));

    [Fact]
    public void NextBits_AnyStream_IsTheBlockOfItsCounter()
    {
        var random = new Randomness(42);
        for (var draw = 0UL; draw < 5; draw++) Assert.Equal(Randomness.Block(draw, 0, 42), random.NextBits());
        Assert.Equal((42UL, 5UL), (random.Key, random.Counter));
    }

    [Fact]
    public void NextBits_EachBit_IsSetHalfOfTheTime()
    {
        const int Draws = 20_000;
        var random = new Randomness(1);
        var counts = new int[64];
        for (var draw = 0; draw < Draws; draw++)
        {
            var bits = random.NextBits();
            for (var bit = 0; bit < 64; bit++) counts[bit] += (int)(bits >> bit & 1);
        }
        // 64 binomial counts; five standard deviations of 20,000 fair coins are 354.
        Assert.All(counts, count => Assert.InRange(count, Draws / 2 - 354, Draws / 2 + 354));
    }

    [Fact]
    public void NextBits_NeighbouringKeys_AreUncorrelated()
    {
        var agreements = 0;
        for (var key = 0UL; key < 1000; key++)
            agreements += System.Numerics.BitOperations.PopCount(new Randomness(key).NextBits() ^ new Randomness(key + 1).NextBits());
        // 64,000 fair coins; five standard deviations are 632.
        Assert.InRange(agreements, 32_000 - 632, 32_000 + 632);
    }

    [Fact]
    public void NextDouble_ManyDraws_IsUniform()
    {
        var random = new Randomness(2);
        var draws = Enumerable.Range(0, 100_000).Select(_ => random.NextDouble()).ToArray();
        Assert.All(draws, draw => Assert.True(draw is >= 0 and < 1));
        // Four standard errors: 4 sqrt(1/12 / n) and 4 sqrt(4/45 / n).
        Assert.Equal(0.5, draws.Average(), 0.0037);
        Assert.Equal(1.0 / 3, draws.Average(draw => draw * draw), 0.0038);
        AssertUniform(draws.GroupBy(draw => (int)(draw * 100)).Select(bin => bin.Count()), bins: 100, draws.Length);
        // Serial correlation, standard error 1/sqrt(n).
        Assert.Equal(0, draws.Zip(draws.Skip(1)).Average(pair => 12 * (pair.First - 0.5) * (pair.Second - 0.5)), 0.0127);
    }

    [Fact]
    public void NextSingle_ManyDraws_StaysBelowOne()
    {
        var random = new Randomness(3);
        var draws = Enumerable.Range(0, 100_000).Select(_ => random.NextSingle()).ToArray();
        Assert.All(draws, draw => Assert.True(draw is >= 0 and < 1));
        Assert.Equal(0.5, draws.Average(draw => (double)draw), 0.0037);
        Assert.All(draws, draw => Assert.Equal(0, draw * (1 << 24) % 1));
    }

    [Fact]
    public void NextUniform_Interval_IsFilled()
    {
        var random = new Randomness(4);
        var draws = Enumerable.Range(0, 10_000).Select(_ => random.NextUniform(-3, 5)).ToArray();
        Assert.All(draws, draw => Assert.InRange(draw, -3, 5));
        Assert.True(draws.Min() < -2.99 && draws.Max() > 4.99);
        Assert.Equal(1, draws.Average(), 4 * 8 / Math.Sqrt(12 * 10_000));
    }

    [Fact]
    public void NextNormal_ManyDraws_HasTheMomentsAndTails()
    {
        const int Draws = 200_000;
        var random = new Randomness(5);
        var draws = Enumerable.Range(0, Draws).Select(_ => random.NextNormal()).ToArray();
        // Moments 1 to 4 are 0, 1, 0, 3; variances of their estimates are 1, 2, 15, 96 over n; four standard errors.
        Assert.Equal(0, draws.Average(), 4 * Math.Sqrt(1.0 / Draws));
        Assert.Equal(1, draws.Average(x => x * x), 4 * Math.Sqrt(2.0 / Draws));
        Assert.Equal(0, draws.Average(x => x * x * x), 4 * Math.Sqrt(15.0 / Draws));
        Assert.Equal(3, draws.Average(x => x * x * x * x), 4 * Math.Sqrt(96.0 / Draws));
        // P(|x| > 2) = 0.0455003 and P(|x| > 3.5) = 0.00046526.
        AssertShare(0.0455003, draws.Count(x => Math.Abs(x) > 2), Draws);
        AssertShare(0.00046526, draws.Count(x => Math.Abs(x) > 3.5), Draws);
        Assert.Equal(0, draws.Zip(draws.Skip(1)).Average(pair => pair.First * pair.Second), 4 / Math.Sqrt(Draws));
        Assert.All(draws, draw => Assert.True(double.IsFinite(draw)));
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(7), InlineData(10), InlineData(64)]
    public void NextInt_SmallBound_IsUniform(int bound)
    {
        var random = new Randomness(6);
        var draws = Enumerable.Range(0, 50_000).Select(_ => random.NextInt(bound)).ToArray();
        Assert.All(draws, draw => Assert.InRange(draw, 0, bound - 1));
        AssertUniform(draws.GroupBy(draw => draw).Select(bin => bin.Count()), bound, draws.Length);
    }

    [Fact]
    public void NextInt_BoundThatDoesNotDivideTheRange_HasNoBias()
    {
        // Without rejection, 2^32 / (3 2^29) = 2 2/3 numbers fall on each result: residues 0, 1, 2 would not be equally likely.
        const int Bound = 3 << 29;
        var random = new Randomness(7);
        var counts = new int[3];
        for (var draw = 0; draw < 90_000; draw++) counts[random.NextInt(Bound) % 3]++;
        AssertUniform(counts, bins: 3, 90_000);
        Assert.True(random.Counter > 90_000, "Some draws must have been rejected.");
    }

    [Fact]
    public void NextInt_BoundBelowOne_Throws()
    {
        var random = new Randomness(8);
        Assert.Throws<ArgumentOutOfRangeException>(() => random.NextInt(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.NextInt(-5));
    }

    [Fact]
    public void Shuffle_FourElements_GivesEachOrderEquallyOften()
    {
        var random = new Randomness(9);
        var orders = new Dictionary<string, int>();
        for (var draw = 0; draw < 24_000; draw++)
        {
            char[] letters = ['a', 'b', 'c', 'd'];
            random.Shuffle<char>(letters);
            var order = new string(letters);
            orders[order] = orders.GetValueOrDefault(order) + 1;
        }
        AssertUniform(orders.Values, bins: 24, 24_000);
    }

    [Fact]
    public void Shuffle_NoneOrOneElement_DrawsNothing()
    {
        var random = new Randomness(10);
        random.Shuffle<int>([]);
        random.Shuffle<int>([1]);
        Assert.Equal(0UL, random.Counter);
    }

    [Fact]
    public void Load_SavedInTheMiddle_ContinuesTheStream()
    {
        var random = new Randomness(11);
        for (var draw = 0; draw < 17; draw++) random.NextNormal();
        var saved = new ArrayBufferWriter<byte>();
        random.Save(saved);
        var expected = Enumerable.Range(0, 5).Select(_ => random.NextBits()).ToArray();

        var other = new Randomness(99);
        var reader = new SequenceReader<byte>(new(saved.WrittenMemory));
        other.Load(ref reader);

        Assert.Equal(16, saved.WrittenCount);
        Assert.Equal(expected, Enumerable.Range(0, 5).Select(_ => other.NextBits()).ToArray());
    }

    [Fact]
    public void Copy_OfAStream_RepeatsTheSameDraws()
    {
        var random = new Randomness(12);
        random.NextBits();
        var copy = random;
        Assert.Equal(random.NextBits(), copy.NextBits());
    }

    /// <summary>Chi-square within five standard deviations, sqrt(2 (bins - 1)), above its mean; a gap of a whole bin or a tilt of a few percent is far outside.</summary>
    private static void AssertUniform(IEnumerable<int> counts, int bins, int draws)
    {
        var seen = counts.ToArray();
        Assert.Equal(bins, seen.Length);
        var expected = (double)draws / bins;
        Assert.InRange(seen.Sum(count => (count - expected) * (count - expected) / expected), 0, bins - 1 + 5 * Math.Sqrt(2.0 * (bins - 1)) + 1e-9);
    }

    private static void AssertShare(double probability, int count, int draws) =>
        Assert.Equal(probability, (double)count / draws, 4 * Math.Sqrt(probability * (1 - probability) / draws));
}
