using System.Buffers;

namespace Pilotage.Algorithms.Tabular;

/// <summary>Transition frequencies and mean rewards of a table's states and actions, from counts. Sparse: only what was seen is kept.</summary>
internal sealed class CountedModel : ISaved
{
    private const float Settled = 1e-3f;                 // sweeps end when no value moves by more
    private const int MostSweeps = 200;                  // gamma^200 is below a thousandth up to gamma 0.966; the next call goes on from here
    private readonly int _actions;
    private readonly List<Successor>[] _successors;      // per state and action
    private readonly double[] _rewards;                  // sums
    private readonly long[] _counts;

    public CountedModel(int states, int actions)
    {
        _actions = actions;
        _successors = new List<Successor>[states * actions];
        for (var i = 0; i < _successors.Length; i++) _successors[i] = [];
        (_rewards, _counts) = (new double[states * actions], new long[states * actions]);
    }

    /// <summary>Counts one outcome.</summary>
    public void Add(int state, int action, RememberedOutcome outcome)
    {
        var at = state * _actions + action;
        _rewards[at] += outcome.Reward;
        _counts[at]++;
        var successors = _successors[at];
        var place = successors.FindIndex(s => s.State == outcome.NextState && s.Legal == outcome.NextLegal);
        if (place < 0) successors.Add(new(outcome.NextState, 1, outcome.NextLegal));
        else successors[place] = successors[place] with { Count = successors[place].Count + 1 };
    }

    /// <summary>R(s, a) + gamma sum P max Q.</summary>
    public float Backup(int state, int action, ActionValues values, float discount)
    {
        var at = state * _actions + action;
        var sum = _rewards[at];
        foreach (var successor in _successors[at])
            if (successor.State >= 0) sum += discount * (double)successor.Count * successor.Legal.Maximum(values.Of(successor.State));
        return (float)(sum / _counts[at]);
    }

    /// <summary>Backs up everything seen until it settles.</summary>
    public void Sweep(ActionValues values, float discount)
    {
        for (var sweep = 0; sweep < MostSweeps; sweep++)
        {
            var moved = 0f;
            for (var at = 0; at < _counts.Length; at++)
            {
                if (_counts[at] == 0) continue;
                var (state, action) = (at / _actions, at % _actions);
                var value = Backup(state, action, values, discount);
                moved = Math.Max(moved, Math.Abs(value - values.Of(state)[action]));
                values.Set(state, action, value);
            }
            if (moved <= Settled) return;
        }
    }

    public void Save(IBufferWriter<byte> writer)
    {
        writer.Write<double>(_rewards);
        writer.Write<long>(_counts);
        for (var at = 0; at < _successors.Length; at++)
            if (_counts[at] > 0) writer.Write<Successor>(_successors[at].ToArray());
    }

    public void Load(ref SequenceReader<byte> reader)
    {
        reader.ReadInto<double>(_rewards);
        reader.ReadInto<long>(_counts);
        for (var at = 0; at < _successors.Length; at++) _successors[at] = _counts[at] > 0 ? [.. reader.ReadArray<Successor>()] : [];
    }

    private readonly record struct Successor(int State, int Count, LegalSet Legal);
}
