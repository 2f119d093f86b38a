using System.Buffers;
using Pilotage.Environments;

namespace Pilotage.Experience;

/// <summary>Stands before an environment and keeps everything that is done in it: learn through one, and what the learner saw is a data set.</summary>
/// <remarks>
/// Changes nothing that passes. Rows that are not active in a step are not recorded in it; what they earn meanwhile counts to their last action. Not thread-safe.
/// </remarks>
/// <param name="environment">Stepped through this object alone, so that nothing is missed.</param>
public sealed class ExperienceTap(IVectorEnvironment environment) : IVectorEnvironment
{
    private readonly Draft[] _rows = [.. Enumerable.Range(0, environment.Rows).Select(_ => new Draft())];
    private Demonstrations _kept = new(environment.Spec);

    /// <inheritdoc/>
    public EnvironmentSpec Spec => environment.Spec;

    /// <inheritdoc/>
    public int Rows => environment.Rows;

    /// <inheritdoc/>
    public FrameBatch Frames => environment.Frames;

    /// <summary>Steps kept since the last <see cref="Take"/>, over all rows.</summary>
    public long Count { get; private set; }

    /// <inheritdoc/>
    /// <remarks>What was running becomes a piece.</remarks>
    public void Reset()
    {
        Cut();
        environment.Reset();
    }

    /// <inheritdoc/>
    public Transition Step(ActionBatch actions)
    {
        var frames = environment.Frames;
        for (var row = 0; row < _rows.Length; row++)
        {
            if (!frames.IsActive(row)) continue;
            _rows[row].Add(frames.Observation(row), frames.LegalOf(row), actions[row]);
            Count++;
        }
        var transition = environment.Step(actions);
        for (var row = 0; row < _rows.Length; row++) _rows[row].Earn(transition.Rewards[row]);
        for (var i = 0; i < transition.EndedRows.Length; i++)
        {
            var row = transition.EndedRows[i];
            _rows[row].MoveTo(_kept, transition.Ends[row], transition.FinalFrames.Observation(i), transition.FinalFrames.LegalOf(i));
        }
        return transition;
    }

    /// <summary>Hands over what was kept and begins anew. Episodes stand in the order in which they ended; those that run on are cut and come last.</summary>
    /// <returns>At least one step if one was taken.</returns>
    public Demonstrations Take()
    {
        Cut();
        var taken = _kept;
        (_kept, Count) = (new(environment.Spec), 0);
        return taken;
    }

    /// <inheritdoc/>
    /// <remarks>The environment alone: what was kept is not saved.</remarks>
    public void Save(IBufferWriter<byte> writer) => environment.Save(writer);

    /// <inheritdoc/>
    /// <remarks>The environment alone; what was running here is cut before.</remarks>
    public void Load(ref SequenceReader<byte> reader)
    {
        Cut();
        environment.Load(ref reader);
    }

    private void Cut()
    {
        var frames = environment.Frames;
        for (var row = 0; row < _rows.Length; row++) _rows[row].MoveTo(_kept, End.Running, frames.Observation(row), frames.LegalOf(row));
    }

    // A row's episode so far.
    private sealed class Draft
    {
        private readonly List<float> _observations = [], _values = [], _rewards = [];
        private readonly List<bool> _legal = [];
        private readonly List<int> _indices = [];

        public void Add(ReadOnlySpan<float> observation, ReadOnlySpan<bool> legal, AgentAction action)
        {
            _observations.AddRange(observation);
            _legal.AddRange(legal);
            _indices.AddRange(action.Indices);
            _values.AddRange(action.Values);
            _rewards.Add(0);
        }

        public void Earn(float reward)
        {
            if (_rewards.Count > 0) _rewards[^1] += reward;
        }

        public void MoveTo(Demonstrations shown, End end, ReadOnlySpan<float> finalObservation, ReadOnlySpan<bool> finalLegal)
        {
            if (_rewards.Count == 0) return;
            shown.Add([.. _observations], [.. _legal], [.. _indices], [.. _values], [.. _rewards], end, finalObservation, finalLegal);
            _observations.Clear();
            _legal.Clear();
            _indices.Clear();
            _values.Clear();
            _rewards.Clear();
        }
    }
}
