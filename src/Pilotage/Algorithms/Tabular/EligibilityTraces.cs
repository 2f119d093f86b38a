using System.Buffers;

namespace Pilotage.Algorithms.Tabular;

/// <summary>Replacing traces of a few rows, kept as short lists: a trace that has decayed to nothing is forgotten.</summary>
internal sealed class EligibilityTraces : ISaved
{
    private const float Negligible = 1e-3f;              // a thousandth of an error moves no decision, and keeps the lists short
    private readonly List<Trace>[] _rows;

    public EligibilityTraces(int rows)
    {
        _rows = new List<Trace>[rows];
        for (var row = 0; row < rows; row++) _rows[row] = [];
    }

    /// <summary>Sets the trace of a state and action to 1 and those of the state's other actions to 0.</summary>
    public void Visit(int row, int state, int action)
    {
        _rows[row].RemoveAll(trace => trace.State == state);
        _rows[row].Add(new(state, action, 1));
    }

    /// <summary>Tells an error to all traces, then lets them decay.</summary>
    public void Learn(int row, float error, ActionValues values, TabularConfig config)
    {
        var traces = _rows[row];
        var decay = (float)(config.Discount * config.TraceDecay);
        var kept = 0;
        for (var i = 0; i < traces.Count; i++)
        {
            var trace = traces[i];
            if (i == traces.Count - 1) values.Update(trace.State, trace.Action, values.Of(trace.State)[trace.Action] + error, config);   // the one just visited
            else values.Replay(trace.State, trace.Action, values.Of(trace.State)[trace.Action] + trace.Strength * error, config);
            var strength = trace.Strength * decay;
            if (strength >= Negligible) traces[kept++] = trace with { Strength = strength };
        }
        traces.RemoveRange(kept, traces.Count - kept);
    }

    public void Clear(int row) => _rows[row].Clear();

    public void Save(IBufferWriter<byte> writer)
    {
        foreach (var traces in _rows) writer.Write<Trace>(traces.ToArray());
    }

    public void Load(ref SequenceReader<byte> reader)
    {
        for (var row = 0; row < _rows.Length; row++) _rows[row] = [.. reader.ReadArray<Trace>()];
    }

    private readonly record struct Trace(int State, int Action, float Strength);
}
