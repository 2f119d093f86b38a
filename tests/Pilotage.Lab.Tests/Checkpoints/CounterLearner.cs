using System.Buffers;
using Pilotage.Policies;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Lab.Tests.Checkpoints;

/// <summary>The smallest learner with weights and a state: it counts.</summary>
internal sealed class CounterLearner(int width = 3) : ILearner
{
    private readonly float[] _weights = new float[width];

    public long Steps { get; private set; }

    public IPolicy Policy => throw new NotSupportedException("This learner only counts.");

    public IReadOnlyList<WeightBlock> Weights => [new("counter.weight", [1, width], _weights)];

    public IReadOnlyList<KeyValuePair<string, double>> Diagnostics => [new("count", Steps)];

    public MemoryEstimate Memory => default;

    public LearnerTiming Timing => default;

    public void Iterate()
    {
        Steps += 128;
        for (var i = 0; i < _weights.Length; i++) _weights[i] = (_weights[i] + Steps + i) / 3;
    }

    public void Save(IBufferWriter<byte> writer) => writer.Write(Steps);

    public void Load(ref SequenceReader<byte> reader) => Steps = reader.ReadLong();
}
