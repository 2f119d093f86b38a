using System.Buffers;
using Pilotage.Training;

namespace Pilotage.Lab.Checkpoints;

/// <summary>All that a learner is, between two iterations.</summary>
/// <param name="Kind">What was saved: the algorithm's name.</param>
/// <param name="Steps">Environment steps so far.</param>
/// <param name="Iteration">Iterations so far.</param>
/// <param name="ConfigurationHash">Of the run; see <see cref="Runs.RunConfiguration.Hash"/>.</param>
/// <param name="Weights">By name; readable by any program that reads safetensors.</param>
/// <param name="State">What <see cref="ISaved.Save"/> wrote.</param>
public sealed record Checkpoint(
    string Kind, long Steps, long Iteration, string ConfigurationHash, IReadOnlyList<WeightBlock> Weights, ReadOnlyMemory<byte> State)
{
    /// <summary>Takes a learner's state. The weights are views of the live ones: save before the next iteration.</summary>
    /// <param name="learner">Between two iterations.</param>
    /// <param name="kind">The algorithm's name.</param>
    /// <param name="iteration">Iterations so far.</param>
    /// <param name="configurationHash">Of the run.</param>
    /// <returns>The checkpoint.</returns>
    public static Checkpoint Of(ILearner learner, string kind, long iteration, string configurationHash)
    {
        var state = new ArrayBufferWriter<byte>();
        learner.Save(state);
        return new(kind, learner.Steps, iteration, configurationHash, learner.Weights, state.WrittenMemory);
    }

    /// <summary>Puts the state into an equally configured learner.</summary>
    /// <param name="learner">Takes weights and state.</param>
    /// <exception cref="InvalidDataException">Names, shapes or sizes differ: the learner was configured otherwise.</exception>
    public void RestoreInto(ILearner learner)
    {
        var targets = learner.Weights;
        if (targets.Count != Weights.Count)
            throw new InvalidDataException($"The checkpoint has {Weights.Count} blocks of weights where the learner has {targets.Count}.");
        var saved = Weights.ToDictionary(block => block.Name);
        foreach (var target in targets)
        {
            if (!saved.TryGetValue(target.Name, out var block) || !block.Shape.SequenceEqual(target.Shape))
                throw new InvalidDataException($"The checkpoint has no weights {target.Name} of the shape [{string.Join(", ", target.Shape)}].");
        }

        var reader = new SequenceReader<byte>(new(State));
        learner.Load(ref reader);
        if (!reader.End) throw new InvalidDataException($"The checkpoint has {reader.Remaining} bytes of state more than the learner reads.");

        // After the state: a learner may save its weights there as well, and these are the ones that were hashed by name.
        foreach (var target in learner.Weights) saved[target.Name].Values.CopyTo(target.Values);
    }
}
