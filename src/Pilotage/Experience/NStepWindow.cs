using System.Buffers;
using Pilotage.Environments;

namespace Pilotage.Experience;

/// <summary>Turns the steps of each row into n-step transitions for a replay. With n = 1 it passes steps through.</summary>
/// <remarks>
/// A transition begins at the oldest step of a row's window, sums up to n discounted rewards and leads to the frame after the newest. An episode's end empties
/// the window: what is left becomes shorter transitions to the true final frame, which bootstrap if it was truncated and do not if it terminated.
/// </remarks>
/// <param name="length">n, at least 1.</param>
/// <param name="discount">gamma, in [0, 1].</param>
/// <param name="spec">Gives the sizes.</param>
/// <param name="rows">Rows of the environment.</param>
public sealed class NStepWindow(int length, double discount, EnvironmentSpec spec, int rows) : ISaved
{
    private readonly float[] _observations = new float[rows * length * spec.ObservationSize];
    private readonly ActionBatch _actions = new(spec.Actions, rows * length);
    private readonly float[] _rewards = new float[rows * length];
    private readonly int[] _starts = new int[rows];
    private readonly int[] _counts = new int[rows];

    /// <summary>Adds a row's step and hands on what became complete.</summary>
    /// <param name="row">The row.</param>
    /// <param name="observation">Before the step.</param>
    /// <param name="action">What was done.</param>
    /// <param name="reward">Of the step.</param>
    /// <param name="end">Whether and how the episode ended with it.</param>
    /// <param name="next">The true next observation.</param>
    /// <param name="nextLegal">Its legal actions; empty without mask.</param>
    /// <param name="sink">Receives the transitions.</param>
    public void Add(int row, ReadOnlySpan<float> observation, AgentAction action, float reward, End end, ReadOnlySpan<float> next, ReadOnlySpan<bool> nextLegal, ITransitionSink sink)
    {
        var slot = Slot(row, _counts[row]++);
        observation.CopyTo(Observation(slot));
        action.Indices.CopyTo(_actions.Indices[(slot * spec.Actions.IndexCount)..]);
        action.Values.CopyTo(_actions.Values[(slot * spec.Actions.ValueCount)..]);
        _rewards[slot] = reward;
        if (end == End.Running && _counts[row] < length) return;
        do
        {
            var (sum, gamma) = (0.0, 1.0);
            for (var i = 0; i < _counts[row]; i++)
            {
                sum += gamma * _rewards[Slot(row, i)];
                gamma *= discount;
            }
            var oldest = Slot(row, 0);
            sink.Add(Observation(oldest), _actions[oldest], (float)sum, end == End.Terminated ? 0 : (float)gamma, next, nextLegal);
            _starts[row] = (_starts[row] + 1) % length;
            _counts[row]--;
        }
        while (end != End.Running && _counts[row] > 0);
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        writer.Write<float>(_observations);
        writer.Write<int>(_actions.Indices);
        writer.Write<float>(_actions.Values);
        writer.Write<float>(_rewards);
        writer.Write<int>(_starts);
        writer.Write<int>(_counts);
    }

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        reader.ReadInto<float>(_observations);
        reader.ReadInto(_actions.Indices);
        reader.ReadInto(_actions.Values);
        reader.ReadInto<float>(_rewards);
        reader.ReadInto<int>(_starts);
        reader.ReadInto<int>(_counts);
    }

    private int Slot(int row, int place) => row * length + (_starts[row] + place) % length;

    private Span<float> Observation(int slot) => _observations.AsSpan(slot * spec.ObservationSize, spec.ObservationSize);
}
