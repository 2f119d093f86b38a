using System.Buffers;
using Pilotage.Experience;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Algorithms.Tabular;

/// <summary>A learner whose state is a <see cref="TabularRun"/>: answers from it what only whoever runs a learner asks for. Steps and policy stay on the class, for everyday use.</summary>
internal interface ITabularLearner : ILearner, IWarmStart
{
    TabularRun Run { get; }

    IReadOnlyList<WeightBlock> ILearner.Weights => Run.Weights;

    IReadOnlyList<KeyValuePair<string, double>> ILearner.Diagnostics => Run.Diagnostics;

    MemoryEstimate ILearner.Memory => Run.Memory;

    LearnerTiming ILearner.Timing => Run.Play.Clock.Timing;

    IReadOnlyList<KeyValuePair<string, double>> IWarmStart.WarmStart(Demonstrations shown, SeedTree seeds) => Run.WarmStart(shown);

    void ISaved.Save(IBufferWriter<byte> writer) => Run.Save(writer);

    void ISaved.Load(ref SequenceReader<byte> reader) => Run.Load(ref reader);
}
