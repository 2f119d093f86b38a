using Pilotage.Environments;

namespace Pilotage.Policies;

/// <summary>A <see cref="RecurrentActorCritic"/> that fills rollouts: keeps both memories and begins them anew with each episode.</summary>
internal sealed class RecurrentActor(RecurrentActorCritic networks, RecurrentMemory memory) : IRolloutActor
{
    public void Act(FrameBatch frames, ref Randomness random, RowsBeside beside, Span<int> indices, Span<float> raw, Span<float> logProbabilities, Span<float> values) =>
        networks.Act(frames, memory, isGreedy: false, ref random, beside, indices, raw, logProbabilities, values);

    public void ValueNext(FrameBatch frames, Span<float> values) => networks.Value(frames, memory.Critic, values);

    public void ValueFinal(in Transition transition, Span<float> values)
    {
        using var states = new Scratch(transition.EndedRows.Length * networks.Units);
        for (var i = 0; i < transition.EndedRows.Length; i++)
            memory.Critic.AsSpan(transition.EndedRows[i] * networks.Units, networks.Units).CopyTo(states.Values[(i * networks.Units)..]);
        networks.Value(transition.FinalFrames, states.Values, values);
    }

    public void EndRows(ReadOnlySpan<int> rows)
    {
        foreach (var row in rows) memory.ResetRow(row);
    }

    public void ToBox(ReadOnlySpan<float> raw, Span<float> values) => networks.ToBox(raw, values);
}
