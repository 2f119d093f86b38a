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
            Assert.Equal(k % 3, batch.ActionIndices[i]);
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
        saved.Add([9, 9], Action(0), 99, 0, [9, 9], [true, true, true]);
        loaded.Add([9, 9], Action(0), 99, 0, [9, 9], [true, true, true]);
        Assert.Equal(Draw(saved, 64).Rewards, Draw(loaded, 64).Rewards);
    }

    [Fact]
    public void Sample_Empty_Throws() => Assert.Throws<InvalidOperationException>(() => Draw(new Replay(4, Spec), 1));

    [Fact]
    public void Sample_Uniform_GivesEveryTransitionTheWeightOne() => Assert.All(Draw(Filled(capacity: 8, added: 8), 16).Weights, weight => Assert.Equal(1, weight));

    [Fact]
    public void Sample_ABoxAndSeveralChoices_KeepsTheWholeAction()
    {
        var box = new EnvironmentSpec { Name = "Box", ObservationSize = 1, Actions = new ActionSpace.Box([-1, -2], [1, 2]) };
        var several = new EnvironmentSpec { Name = "Several", ObservationSize = 1, Actions = new ActionSpace.MultiDiscrete([2, 3, 4], Masked: true) };
        var (boxReplay, severalReplay) = (new Replay(4, box), new Replay(4, several));
        for (var k = 0; k < 6; k++)
        {
            boxReplay.Add([k], new([], [k * 0.25f, -k]), k, 0.9f, [k + 1], []);
            severalReplay.Add([k], new([k % 2, k % 3, k % 4], []), k, 0.9f, [k + 1], [.. Enumerable.Range(0, 9).Select(i => i == k)]);
        }
        var (boxBatch, severalBatch) = (Draw(boxReplay, 32, box), Draw(severalReplay, 32, several));

        for (var i = 0; i < 32; i++)
        {
            Assert.Equal([boxBatch.Rewards[i] * 0.25f, -boxBatch.Rewards[i]], boxBatch.ActionValues.AsSpan(i * 2, 2).ToArray());
            var k = (int)severalBatch.Rewards[i];
            Assert.Equal([k % 2, k % 3, k % 4], severalBatch.ActionIndices.AsSpan(i * 3, 3).ToArray());
            Assert.Equal(k, severalBatch.NextLegal.AsSpan(i * 9, 9).IndexOf(value: true));
        }
        Assert.Empty(boxBatch.ActionIndices);
        Assert.Empty(severalBatch.ActionValues);
    }

    [Fact]
    public void Load_OfABoxReplay_DrawsTheSame()
    {
        var box = new EnvironmentSpec { Name = "Box", ObservationSize = 1, Actions = new ActionSpace.Box([-1], [1]) };
        var (saved, loaded) = (new Replay(4, box), new Replay(4, box));
        for (var k = 0; k < 6; k++) saved.Add([k], new([], [k / 8f]), k, 0.9f, [k + 1], []);
        var writer = new ArrayBufferWriter<byte>();
        saved.Save(writer);
        var reader = new SequenceReader<byte>(new ReadOnlySequence<byte>(writer.WrittenMemory));
        loaded.Load(ref reader);

        Assert.Equal(Draw(saved, 32, box).ActionValues, Draw(loaded, 32, box).ActionValues);
    }

    [Fact]
    public void Constructor_MoreThanAnArrayHolds_IsRefusedWithTheLargestCapacity()
    {
        var wide = new EnvironmentSpec { Name = "Wide", ObservationSize = 100_000, Actions = new ActionSpace.Discrete(2) };

        var mistake = Assert.Throws<UserMistakeException>(() => new Replay(100_000, wide));

        Assert.Contains("21474", mistake.Message, StringComparison.Ordinal);
    }

    private static AgentAction Action(int index) => new(new[] { index }, []);

    private static Replay Filled(int capacity, int added)
    {
        var replay = new Replay(capacity, Spec);
        for (var k = 0; k < added; k++) replay.Add([k, k + 0.5f], Action(k % 3), k, 0.9f, [k + 1, k + 1.5f], [k % 2 == 0, true, false]);
        return replay;
    }

    private static TransitionBatch Draw(Replay replay, int size, EnvironmentSpec? spec = null)
    {
        var batch = new TransitionBatch(size, spec ?? Spec);
        var random = new Randomness(7);
        replay.Sample(batch, 0, ref random);
        return batch;
    }
}
