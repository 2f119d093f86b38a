using System.Buffers;
using Pilotage.Environments;
using Pilotage.Experience;
using Pilotage.Systems.Control.Symphony;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Systems.Control.Tests.Symphony;

public class FadingReplayTests
{
    private static readonly EnvironmentSpec Spec = new() { Name = "Toy", ObservationSize = 2, Actions = new ActionSpace.Box([-1], [1]) };

    private static void Add(FadingReplay replay, int number, float? reward = null, float discount = 0.9f) =>
        replay.Add([number, -number], new([], [number / 100f]), reward ?? number, discount, [number + 1, -number - 1], []);

    private static FadingReplay Filled(int count, int copies, bool isFading = true)
    {
        var replay = new FadingReplay(count * copies, Spec, isFading);
        for (var i = 0; i < count; i++) Add(replay, i + 1);
        replay.Fill(copies);
        return replay;
    }

    private static double[] Frequencies(FadingReplay replay, int draws, Func<float, int> bin, int bins)
    {
        var (batch, random, counts) = (new TransitionBatch(1000, Spec), new Randomness(5), new double[bins]);
        for (var i = 0; i < draws / 1000; i++)
        {
            replay.Sample(batch, 0, ref random);
            for (var k = 0; k < batch.Size; k++) counts[bin(batch.Observations[2 * k])]++;
        }
        return [.. counts.Select(count => count / draws)];
    }

    [Fact]
    public void Weights_OfTen_AreTheFormula()
    {
        double[] expected = [0, 0.042938, 0.275444, 0.691727, 0.952745, 0.997831, 0.999973, 1, 1, 1];
        var weights = FadingReplay.Weights(10);
        for (var i = 0; i < 10; i++) Assert.Equal(expected[i], weights[i], 1e-6);
        Assert.Equal(0, weights[0]);                                     // exactly
    }

    [Fact]
    public void Weights_OfMany_HaveTheMassesOfTheCurve()
    {
        const int Count = 100_000;
        var weights = FadingReplay.Weights(Count);
        var sum = weights.Sum();
        Assert.Equal(0.746026, sum / Count, 1e-5);
        Assert.Equal(0.00155, weights.Take(Count / 10).Sum() / sum, 1e-5);
        Assert.Equal(0.0186, weights.Skip(Count / 10).Take(Count / 10).Sum() / sum, 5e-5);
        Assert.Equal(0.670, weights.Skip(Count / 2).Sum() / sum, 5e-4);
    }

    [Fact]
    public void Sample_Full_DrawsEachAgeByItsWeight()
    {
        var replay = Filled(10, 1);
        var weights = FadingReplay.Weights(10);
        var found = Frequencies(replay, 400_000, number => (int)number - 1, 10);
        for (var i = 0; i < 10; i++) Assert.Equal(weights[i] / weights.Sum(), found[i], 0.003);      // four deviations of the largest
        Assert.Equal(0, found[0]);                                        // the oldest never
    }

    [Fact]
    public void Add_Full_DropsTheOldestAndKeepsAgesInOrder()
    {
        var replay = Filled(10, 1);
        for (var number = 11; number <= 23; number++) Add(replay, number);
        Assert.Equal((10, 3), (replay.Count, replay.Oldest));
        var weights = FadingReplay.Weights(10);
        var found = Frequencies(replay, 400_000, number => (int)number - 14, 10);                    // 14 to 23 are left, 14 the oldest
        for (var i = 0; i < 10; i++) Assert.Equal(weights[i] / weights.Sum(), found[i], 0.003);
    }

    [Fact]
    public void Add_Full_ShowsTheNewestAtOnce()
    {
        // The reference has the row that was just dropped in the likeliest place until the next step.
        var replay = Filled(4, 1);
        Add(replay, 100);
        Assert.Contains(Frequencies(replay, 1000, number => (int)number, 101).Index(), item => item.Index == 100 && item.Item > 0.2);
        Assert.Equal(0, Frequencies(replay, 10_000, number => (int)number, 101)[1]);
    }

    [Fact]
    public void Sample_Uniform_DrawsAllAlike()
    {
        var found = Frequencies(Filled(10, 1, isFading: false), 400_000, number => (int)number - 1, 10);
        Assert.All(found, share => Assert.Equal(0.1, share, 0.002));
    }

    [Fact]
    public void Sample_NotFull_StretchesTheWeightsOverWhatIsThere()
    {
        var replay = new FadingReplay(40, Spec, isFading: true);
        for (var i = 0; i < 4; i++) Add(replay, i + 1);
        var weights = FadingReplay.Weights(40);
        var found = Frequencies(replay, 400_000, number => (int)number - 1, 4);
        for (var i = 0; i < 4; i++) Assert.Equal(weights.Skip(10 * i).Take(10).Sum() / weights.Sum(), found[i], 0.003);
    }

    [Fact]
    public void Fill_Rewards_AreToldInTheirMeanSizeFromThenOn()
    {
        var replay = new FadingReplay(6, Spec, isFading: false);
        Add(replay, 1, reward: -3);
        Add(replay, 2, reward: 1);
        replay.Fill(3);
        Assert.Equal(2, replay.RewardSize);
        Assert.Equal(6, replay.Count);
        Add(replay, 3, reward: 5, discount: 0);
        var (batch, random) = (new TransitionBatch(256, Spec), new Randomness(1));
        replay.Sample(batch, 0, ref random);
        for (var i = 0; i < batch.Size; i++)
        {
            var number = (int)batch.Observations[2 * i];
            Assert.Equal(number switch { 1 => -1.5f, 2 => 0.5f, _ => 2.5f }, batch.Rewards[i]);
            Assert.Equal(number == 3 ? 0 : 0.9f, batch.Discounts[i]);
            Assert.Equal((float)-number, batch.Observations[2 * i + 1]);
            Assert.Equal((float)number + 1, batch.NextObservations[2 * i]);
            Assert.Equal(number / 100f, batch.ActionValues[i]);
        }
    }

    [Fact]
    public void Fill_Copies_StandWholeOneAfterTheOther()
    {
        // Of two copies of 1 to 5 the older half is drawn a third of the time: copies lie one after the other, not each number beside its double.
        var replay = Filled(5, 2);
        for (var number = 6; number <= 10; number++) Add(replay, number);                             // replaces the older copy
        var found = Frequencies(replay, 100_000, number => (int)number - 1, 10);
        Assert.True(found.Take(5).Sum() is > 0.25 and < 0.4, $"{found.Take(5).Sum()}");
        Assert.All(found.Skip(5), share => Assert.True(share > 0.1));
    }

    [Fact]
    public void Fill_NoReward_IsAMistakeThatSaysSo()
    {
        var replay = new FadingReplay(6, Spec, isFading: true);
        for (var i = 0; i < 3; i++) Add(replay, i, reward: 0);
        Snapshot.Matches(Assert.Throws<UserMistakeException>(() => replay.Fill(2)).Message, "no_reward");
    }

    [Fact]
    public void Constructor_MoreThanAnArrayHolds_IsRefused() =>
        Snapshot.Matches(Assert.Throws<UserMistakeException>(() => new FadingReplay(2_000_000_000, Spec, isFading: true)).Message, "too_large");

    [Fact]
    public void Load_OfWhatWasSaved_DrawsTheSameBits()
    {
        var replay = Filled(5, 3);
        for (var number = 6; number <= 8; number++) Add(replay, number);
        var writer = new ArrayBufferWriter<byte>();
        replay.Save(writer);
        var loaded = new FadingReplay(15, Spec, isFading: true);
        var reader = new SequenceReader<byte>(new ReadOnlySequence<byte>(writer.WrittenMemory));
        loaded.Load(ref reader);
        Add(replay, 9);
        Add(loaded, 9);
        var (a, b) = (new TransitionBatch(64, Spec), new TransitionBatch(64, Spec));
        var (left, right) = (new Randomness(3), new Randomness(3));
        replay.Sample(a, 0, ref left);
        loaded.Sample(b, 0, ref right);
        Assert.Equal(a.Rewards, b.Rewards);
        Assert.Equal(a.Observations, b.Observations);
        Assert.Equal(0, reader.Remaining);
    }

    [Fact]
    public void Load_OfAnotherCapacity_IsRefused()
    {
        var writer = new ArrayBufferWriter<byte>();
        Filled(5, 3).Save(writer);
        Assert.Throws<InvalidDataException>(() =>
        {
            var reader = new SequenceReader<byte>(new ReadOnlySequence<byte>(writer.WrittenMemory));
            new FadingReplay(7, Spec, isFading: true).Load(ref reader);
        });
    }
}
