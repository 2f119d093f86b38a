using System.Buffers;
using Pilotage.Evaluation;
using Pilotage.Policies;
using Pilotage.Tensors;
using Pilotage.Training;
using Xunit;

namespace Pilotage.Tests.Evaluation;

public sealed class LearnerClockTests
{
    [Fact]
    public void Add_TwoLearners_SumsEachPart()
    {
        var clock = new LearnerClock().Add(new Timed(new(1, 20, 300), 4000)).Add(new Timed(new(5, 60, 700), 8000));

        Assert.Equal(
            [Measurement.Timing("environment", 6), Measurement.Timing("act", 80), Measurement.Timing("learn", 1000), Measurement.Timing("steps", 12000)],
            clock.Measurements());
    }

    [Fact]
    public void Measurements_OfNobody_AreZeros() => Assert.All(new LearnerClock().Measurements(), one => Assert.Equal(0, one.Value));

    private sealed class Timed(LearnerTiming timing, long steps) : ILearner
    {
        public long Steps => steps;

        public LearnerTiming Timing => timing;

        public IPolicy Policy => throw new NotSupportedException();

        public IReadOnlyList<WeightBlock> Weights => [];

        public IReadOnlyList<KeyValuePair<string, double>> Diagnostics => [];

        public MemoryEstimate Memory => default;

        public void Iterate() => throw new NotSupportedException();

        public void Save(IBufferWriter<byte> writer) => throw new NotSupportedException();

        public void Load(ref SequenceReader<byte> reader) => throw new NotSupportedException();
    }
}
