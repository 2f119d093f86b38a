using System.Buffers;
using Pilotage.Language.Models;
using Pilotage.Tensors;

namespace Pilotage.Language.Groups;

/// <summary>What a learner of one model and one optimiser goes on from, in one order for all: steps, weights, optimiser, place among the problems, stream of shuffles.</summary>
public static class LearnerState
{
    /// <summary>Writes the state.</summary>
    /// <param name="writer">Receives the bytes.</param>
    /// <param name="steps">Iterations done.</param>
    /// <param name="model">What learns.</param>
    /// <param name="optimizer">Of the model's weights.</param>
    /// <param name="problems">What is asked.</param>
    /// <param name="shuffle">What orders minibatches.</param>
    public static void Save(IBufferWriter<byte> writer, long steps, LanguageModel model, Optimizer optimizer, ProblemStream problems, in Randomness shuffle)
    {
        writer.Write(steps);
        writer.Write<float>(model.Parameters.Values);
        optimizer.Save(writer);
        problems.Save(writer);
        shuffle.Save(writer);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="reader">At the state's first byte; left behind its last.</param>
    /// <param name="model">What learns, of the same shape.</param>
    /// <param name="optimizer">Of the model's weights.</param>
    /// <param name="problems">What is asked.</param>
    /// <param name="shuffle">What orders minibatches.</param>
    /// <returns>Iterations done.</returns>
    public static long Load(ref SequenceReader<byte> reader, LanguageModel model, Optimizer optimizer, ProblemStream problems, ref Randomness shuffle)
    {
        var steps = reader.ReadLong();
        reader.ReadInto(model.Parameters.Values);
        optimizer.Load(ref reader);
        problems.Load(ref reader);
        shuffle.Load(ref reader);
        return steps;
    }
}
