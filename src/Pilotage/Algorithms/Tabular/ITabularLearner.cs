using System.Buffers;
using Pilotage.Policies;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Algorithms.Tabular;

/// <summary>A learner whose state is a <see cref="TabularRun"/>: answers all of <see cref="ILearner"/> from it but <see cref="ILearner.Iterate"/>, which is the algorithm.</summary>
internal interface ITabularLearner : ILearner
{
    TabularRun Run { get; }

    long ILearner.Steps => Run.Play.Steps;

    IPolicy ILearner.Policy => Run.Policy;

    IReadOnlyList<WeightBlock> ILearner.Weights => Run.Weights;

    IReadOnlyList<KeyValuePair<string, double>> ILearner.Diagnostics => Run.Diagnostics;

    MemoryEstimate ILearner.Memory => Run.Memory;

    LearnerTiming ILearner.Timing => Run.Play.Clock.Timing;

    void ISaved.Save(IBufferWriter<byte> writer) => Run.Save(writer);

    void ISaved.Load(ref SequenceReader<byte> reader) => Run.Load(ref reader);
}
