using System.Buffers;
using Pilotage.Numerics;

namespace Pilotage.Algorithms.Tabular;

/// <summary>A table of action values Q(s, a) with visit counts. What learners update and greedy policies read.</summary>
/// <param name="states">Number of states.</param>
/// <param name="actions">Number of actions.</param>
public sealed class ActionValues(int states, int actions) : ISaved
{
    private readonly float[] _values = new float[states * actions];
    private readonly int[] _visits = new int[states * actions];

    /// <summary>Number of states.</summary>
    public int States => states;

    /// <summary>Bytes held.</summary>
    public long Bytes => 8L * states * actions;

    /// <summary>Number of actions.</summary>
    public int Actions => actions;

    /// <summary>The action of a greedy policy in a state where no legal action was ever tried, if it is legal itself; else the first legal one.</summary>
    public int UntriedAction { get; init; }

    /// <summary>All values, row-major [states, actions]; live.</summary>
    public Memory<float> Values => _values;

    /// <summary>The values of one state, [actions].</summary>
    /// <param name="state">In [0, states).</param>
    /// <returns>A live view.</returns>
    public ReadOnlySpan<float> Of(int state) => _values.AsSpan(state * actions, actions);

    /// <summary>How often an action was updated in a state.</summary>
    /// <param name="state">In [0, states).</param>
    /// <param name="action">In [0, actions).</param>
    /// <returns>At least 0.</returns>
    public int Visits(int state, int action) => _visits[state * actions + action];

    /// <summary>Begins every entry at one value. 0 is hopeful where rewards are negative: what was seldom tried looks good for long.</summary>
    /// <param name="value">Finite; for instance what the rule in use earns a step, divided by 1 - gamma.</param>
    public void Fill(float value) => _values.AsSpan().Fill(value);

    /// <summary>Begins a state with knowledge: one action is thought better than the others.</summary>
    /// <param name="state">In [0, states).</param>
    /// <param name="action">The preferred action; it counts as visited once.</param>
    /// <param name="value">Its value.</param>
    /// <param name="margin">How much less the others are worth, at least 0.</param>
    public void Prefer(int state, int action, float value, float margin)
    {
        _values.AsSpan(state * actions, actions).Fill(value - margin);
        _values[state * actions + action] = value;
        _visits[state * actions + action] = 1;
    }

    /// <summary>Moves a value towards a target: Q += alpha (y - Q).</summary>
    /// <param name="state">s.</param>
    /// <param name="action">a.</param>
    /// <param name="target">y, finite.</param>
    /// <param name="config">Gives alpha: fixed, or visits^-exponent.</param>
    /// <returns>y - Q before the update.</returns>
    /// <exception cref="RunFailedException">The target is not finite.</exception>
    public float Update(int state, int action, float target, TabularConfig config)
    {
        _visits[state * actions + action]++;
        return Replay(state, action, target, config);
    }

    /// <summary>The same without counting a visit: what is learned from a memory was not lived.</summary>
    internal float Replay(int state, int action, float target, TabularConfig config)
    {
        ref var value = ref _values[state * actions + action];
        var error = target - value;
        if (!float.IsFinite(error)) throw new RunFailedException($"The target of state {state}, action {action} is {target}: a reward is not finite or values diverged. Lower the discount or check the environment's rewards.");
        value += Rate(Visits(state, action), config) * error;
        return error;
    }

    /// <summary>Counts a visit and sets the value: for learners that compute it whole.</summary>
    internal float Visit(int state, int action, float value)
    {
        _visits[state * actions + action]++;
        var error = value - Of(state)[action];
        Set(state, action, value);
        return error;
    }

    /// <summary>Sets a value without counting a visit.</summary>
    internal void Set(int state, int action, float value)
    {
        if (!float.IsFinite(value)) throw new RunFailedException($"The value of state {state}, action {action} became {value}: a reward is not finite or values diverged.");
        _values[state * actions + action] = value;
    }

    /// <summary>A table with the same values and visits.</summary>
    internal ActionValues Copy()
    {
        var copy = new ActionValues(states, actions) { UntriedAction = UntriedAction };
        copy.CopyFrom(this);
        return copy;
    }

    /// <summary>Takes another table's values and visits.</summary>
    internal void CopyFrom(ActionValues other)
    {
        other._values.CopyTo(_values, 0);
        other._visits.CopyTo(_visits, 0);
    }

    /// <summary>1 where an action was tried, else 0; [states, actions].</summary>
    internal float[] Tried() => [.. _visits.Select(count => count > 0 ? 1f : 0f)];

    /// <summary>Takes over what <see cref="Values"/> and <see cref="Tried"/> gave.</summary>
    internal void Restore(ReadOnlySpan<float> values, ReadOnlySpan<float> tried)
    {
        values.CopyTo(_values);
        for (var i = 0; i < _visits.Length; i++) _visits[i] = tried[i] > 0 ? 1 : 0;
    }

    /// <summary>The best legal action that was tried; where none was, <see cref="UntriedAction"/>. What is untried keeps its first value, which says nothing.</summary>
    /// <param name="state">s.</param>
    /// <param name="legal">One flag per action; empty means all.</param>
    /// <returns>The action; the first of equals.</returns>
    public int BestTried(int state, ReadOnlySpan<bool> legal)
    {
        var best = -1;
        var values = Of(state);
        for (var action = 0; action < actions; action++)
        {
            if ((!legal.IsEmpty && !legal[action]) || _visits[state * actions + action] == 0) continue;
            if (best < 0 || values[action] > values[best]) best = action;
        }
        if (best >= 0) return best;
        return legal.IsEmpty || legal[UntriedAction] ? UntriedAction : legal.IndexOf(value: true);
    }

    /// <summary>alpha after a number of visits.</summary>
    internal static float Rate(int visits, TabularConfig config) =>
        config.VisitExponent == 0 ? (float)config.LearningRate : visits <= 1 ? 1 : (float)Exponential.Power(visits, -config.VisitExponent);

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        writer.Write<float>(_values);
        writer.Write<int>(_visits);
    }

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        reader.ReadInto<float>(_values);
        reader.ReadInto<int>(_visits);
    }
}
