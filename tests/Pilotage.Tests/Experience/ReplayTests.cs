using System.Buffers;
using Pilotage.Environments;
using Pilotage.Experience;
using Xunit;

namespace Pilotage.Tests.Experience;

public sealed class ReplayTests
{
    private static readonly EnvironmentSpec Spec = new() { Name = "Line", ObservationSize = 2, Actions = new ActionSpace.Discrete(3, Masked: true) };

    [Fact]
    public void Add_BeyondCapacity_ForgetsTheOldest()
    {
        var replay = Filled(capacity: 4, added: 6);

        Assert.Equal(4, replay.Count);
        Assert.Equal([2f, 3f, 4f, 5f], Draw(replay, 400).Rewards.Distinct().Order());
    }

    [Fact]
    public void Sample_KeepsTheFieldsOfATransitionTogether()
    {
        var batch = Draw(Filled(capacity: 8, added: 8), 64);

        for (var i = 0; i < 64; i++)
        {
            var k = (int)batch.Rewards[i];
            Assert.Equal([k, k + 0.5f], batch.Observations.AsSpan(i * 2, 2).ToArray());
            Assert.Equal([k + 1, k + 1.5f], batch.NextObservations.AsSpan(i * 2, 2).ToArray());
            Assert.Equal(k % 3, batch.Actions[i]);
            Assert.Equal([k % 2 == 0, true, false], batch.NextLegal.AsSpan(i * 3, 3).ToArray());
        }
    }

    [Fact]
    public void Sample_Uniform_DrawsEveryTransitionAboutEquallyOften()
    {
        var counts = Draw(Filled(capacity: 10, added: 10), 100_000).Rewards.CountBy(r => r).Select(c => c.Value).ToList();

        Assert.Equal(10, counts.Count);
        Assert.All(counts, count => Assert.InRange(count, 9_500, 10_500));   // 5 standard deviations of a binomial are 474
    }

    [Fact]
    public void Load_OfWhatWasSaved_DrawsTheSame()
    {
        var saved = Filled(capacity: 8, added: 11);
        var writer = new ArrayBufferWriter<byte>();
        saved.Save(writer);
        var loaded = new Replay(8, Spec);
        var reader = new SequenceReader<byte>(new ReadOnlySequence<byte>(writer.WrittenMemory));
        loaded.Load(ref reader);

        Assert.Equal(0, reader.Remaining);
        Assert.Equal(Draw(saved, 32).Rewards, Draw(loaded, 32).Rewards);
        saved.Add([9, 9], 0, 99, 0, [9, 9], [true, true, true]);
        loaded.Add([9, 9], 0, 99, 0, [9, 9], [true, true, true]);
        Assert.Equal(Draw(saved, 64).Rewards, Draw(loaded, 64).Rewards);
    }

    [Fact]
    public void Sample_Empty_Throws() => Assert.Throws<InvalidOperationException>(() => Draw(new Replay(4, Spec), 1));

    private static Replay Filled(int capacity, int added)
    {
        var replay = new Replay(capacity, Spec);
        for (var k = 0; k < added; k++) replay.Add([k, k + 0.5f], k % 3, k, 0.9f, [k + 1, k + 1.5f], [k % 2 == 0, true, false]);
        return replay;
    }

    private static TransitionBatch Draw(Replay replay, int size)
    {
        var batch = new TransitionBatch(size, Spec);
        var random = new Randomness(7);
        replay.Sample(batch, ref random);
        return batch;
    }
}
