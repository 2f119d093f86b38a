using System.Buffers;
using Pilotage.Environments;
using Pilotage.Experience;
using Xunit;

namespace Pilotage.Tests.Experience;

public sealed class PrioritizedReplayTests
{
    private static readonly EnvironmentSpec Spec = new() { Name = "Line", ObservationSize = 1, Actions = new ActionSpace.Discrete(3) };

    [Fact]
    public void Sample_HalfExponent_DrawsInProportionToTheRootOfTheError()
    {
        // Errors 1, 4, 9, 16 with alpha 1/2: priorities 1, 2, 3, 4 of 10.
        var replay = WithErrors(exponent: 0.5, 1, -4, 9, -16);

        var counts = Draw(replay, 100_000).Rewards.CountBy(reward => (int)reward).ToDictionary();

        for (var k = 0; k < 4; k++) Assert.InRange(counts[k], 10_000 * (k + 1) - 2, 10_000 * (k + 1) + 2);   // one draw from each share: only the shares at the borders vary
    }

    [Fact]
    public void Sample_EqualShares_HasNextToNoVariance()
    {
        // Two equal priorities and a batch of two: one of each, every time; independent draws would give a pair in half of the batches.
        var replay = WithErrors(exponent: 1, 2, 2);
        var batch = new TransitionBatch(2, Spec);
        var random = new Randomness(1);
        for (var i = 0; i < 50; i++)
        {
            replay.Sample(batch, 1, ref random);
            Assert.Equal([0f, 1f], batch.Rewards);
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.5, 0.5)]
    [InlineData(1, 0.25)]
    public void Sample_Weights_UndoTheDrawingAsFarAsImportanceSays(double importance, float expected)
    {
        // (N P)^-beta over the largest of the batch: the twofold more drawn by 4 : 1 counts (1/4)^beta.
        var batch = Draw(WithErrors(exponent: 1, 1, 4), 64, importance);

        for (var i = 0; i < 64; i++) Assert.Equal(batch.Rewards[i] == 0 ? 1 : expected, batch.Weights[i], 1e-5f);
    }

    [Fact]
    public void Sample_FullImportance_GivesTheUniformMeanWithoutBias()
    {
        var batch = Draw(WithErrors(exponent: 0.7, 1, 3, 0.2f, 8), 100_000, importance: 1);

        var (sum, weights) = (0.0, 0.0);
        for (var i = 0; i < batch.Size; i++)
        {
            sum += batch.Weights[i] * batch.Rewards[i];
            weights += batch.Weights[i];
        }
        Assert.Equal((0 + 1 + 2 + 3) / 4.0, sum / weights, 0.001);
    }

    [Fact]
    public void Add_ANewTransition_GetsTheLargestPrioritySoFar()
    {
        var replay = WithErrors(exponent: 1, 1, 9);
        Add(replay, 2);
        replay.Reprioritize(Places(0, 1), [1, 1]);                                       // the largest so far stays 9
        Add(replay, 3);

        var counts = Draw(replay, 20_000).Rewards.CountBy(reward => (int)reward).ToDictionary();

        for (var k = 0; k < 4; k++) Assert.InRange(counts[k], 1_000 * (k < 2 ? 1 : 9) - 2, 1_000 * (k < 2 ? 1 : 9) + 2);
    }

    [Fact]
    public void Reprioritize_AnErrorOfZero_IsStillDrawnNowAndThen()
    {
        var batch = Draw(WithErrors(exponent: 0.2, 0, 1), 10_000);                       // 1e-6^0.2 = 0.063

        Assert.InRange(batch.Rewards.Count(reward => reward == 0), 500, 700);
    }

    [Fact]
    public void Add_BeyondCapacity_ReplacesThePriorityToo()
    {
        var replay = WithErrors(exponent: 1, 100, 1, 1, 1, 1, 1, 1, 1);                   // full
        replay.Reprioritize(Places(0), [1]);
        Add(replay, 8);

        var counts = Draw(replay, 10_700).Rewards.CountBy(reward => (int)reward).ToDictionary();

        Assert.False(counts.ContainsKey(0));
        Assert.InRange(counts[8], 9_990, 10_010);                                        // 100 of 107
    }

    [Fact]
    public void Load_OfWhatWasSaved_DrawsTheSameAndGoesOnTheSame()
    {
        var saved = WithErrors(exponent: 0.6, 1, 3, 0.2f, 8);
        Add(saved, 4);
        var writer = new ArrayBufferWriter<byte>();
        saved.Save(writer);
        var loaded = new PrioritizedReplay(8, Spec, 0.6);
        var reader = new SequenceReader<byte>(new ReadOnlySequence<byte>(writer.WrittenMemory));
        loaded.Load(ref reader);

        Assert.Equal(0, reader.Remaining);
        for (var round = 0; round < 2; round++)
        {
            var (first, second) = (Draw(saved, 256, 0.4), Draw(loaded, 256, 0.4));
            Assert.Equal(first.Places, second.Places);
            Assert.Equal(first.Weights, second.Weights);
            foreach (var replay in new[] { saved, loaded })
            {
                replay.Reprioritize(Places(1, 2), [5, 0.5f]);
                Add(replay, 5);
            }
        }
    }

    [Fact]
    public void Sample_Empty_Throws() => Assert.Throws<InvalidOperationException>(() => Draw(new PrioritizedReplay(4, Spec, 1), 1));

    /// <summary>Transitions of rewards 0, 1, … whose last errors are given.</summary>
    private static PrioritizedReplay WithErrors(double exponent, params float[] errors)
    {
        var replay = new PrioritizedReplay(8, Spec, exponent);
        for (var k = 0; k < errors.Length; k++) Add(replay, k);
        replay.Reprioritize(Places([.. Enumerable.Range(0, errors.Length)]), errors);
        return replay;
    }

    private static void Add(PrioritizedReplay replay, int k) => replay.Add([k], new(new[] { k % 3 }, []), k, 0.9f, [k + 1], []);

    private static TransitionBatch Places(params int[] places)
    {
        var batch = new TransitionBatch(places.Length, Spec);
        places.CopyTo(batch.Places.AsSpan());
        return batch;
    }

    private static TransitionBatch Draw(PrioritizedReplay replay, int size, double importance = 0)
    {
        var batch = new TransitionBatch(size, Spec);
        var random = new Randomness(7);
        replay.Sample(batch, importance, ref random);
        return batch;
    }
}
