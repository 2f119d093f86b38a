using System.Buffers;

namespace Pilotage.Algorithms.Tabular;

/// <summary>The last outcomes of each state and action that was taken: a model of the environment by examples.</summary>
internal sealed class OutcomeMemory : ISaved
{
    /// <summary>Outcomes kept per state and action: enough that a draw resembles the distribution, few enough to forget a world that changed.</summary>
    public const int Kept = 16;

    private readonly int _actions;
    private readonly int[] _counts;                      // outcomes seen, per state and action
    private readonly int[] _slots;                       // place of a state and action among those taken; -1 for never
    private int[] _taken = new int[64];                  // states and actions that were taken
    private RememberedOutcome[] _outcomes = new RememberedOutcome[64 * Kept];
    private int _takenCount;

    public OutcomeMemory(int states, int actions)
    {
        if (actions > 64) throw new UserMistakeException($"Dyna-Q takes up to 64 actions; the environment has {actions}. Use q-learning or dqn.");
        _actions = actions;
        _counts = new int[states * actions];
        _slots = new int[states * actions];
        Array.Fill(_slots, -1);
    }

    /// <summary>Remembers an outcome in place of the oldest.</summary>
    public void Add(int state, int action, RememberedOutcome outcome)
    {
        var at = state * _actions + action;
        if (_slots[at] < 0)
        {
            if (_takenCount == _taken.Length)
            {
                Array.Resize(ref _taken, 2 * _takenCount);
                Array.Resize(ref _outcomes, 2 * _takenCount * Kept);
            }
            _slots[at] = _takenCount;
            _taken[_takenCount++] = at;
        }
        _outcomes[_slots[at] * Kept + _counts[at]++ % Kept] = outcome;
    }

    /// <summary>Draws a state and action that was taken, each equally likely, and one of its outcomes.</summary>
    public (int State, int Action, RememberedOutcome Outcome) Draw(ref Randomness random)
    {
        var slot = random.NextInt(_takenCount);
        var at = _taken[slot];
        return (at / _actions, at % _actions, _outcomes[slot * Kept + random.NextInt(Math.Min(Kept, _counts[at]))]);
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        writer.Write<int>(_counts);
        writer.Write<int>(_slots);
        writer.Write<int>(_taken.AsSpan(0, _takenCount));
        writer.Write<RememberedOutcome>(_outcomes.AsSpan(0, _takenCount * Kept));
    }

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        reader.ReadInto<int>(_counts);
        reader.ReadInto<int>(_slots);
        var taken = reader.ReadArray<int>();
        var outcomes = reader.ReadArray<RememberedOutcome>();
        _takenCount = taken.Length;
        Array.Resize(ref taken, Math.Max(64, taken.Length));
        Array.Resize(ref outcomes, taken.Length * Kept);
        (_taken, _outcomes) = (taken, outcomes);
    }
}
