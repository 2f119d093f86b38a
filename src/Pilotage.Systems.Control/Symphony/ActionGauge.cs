using System.Buffers;
using Pilotage.Environments;

namespace Pilotage.Systems.Control.Symphony;

/// <summary>An environment that measures what is done in it: how strong, how sudden, how near the box's edge actions are. Changes nothing.</summary>
/// <remarks>Actions in units of half the box's width around its centre, cut off at 1 where an environment would clip them.</remarks>
internal sealed class ActionGauge : IVectorEnvironment
{
    /// <summary>Pieces of equal width that |a| in [0, 1] is counted in.</summary>
    public const int Bins = 20;

    private readonly IVectorEnvironment _inner;
    private readonly ActionSpace.Box _box;
    private readonly ActionTally _tally;
    private readonly float[] _last;                                                       // of each row's running episode, [rows, dimensions]
    private readonly bool[] _hasLast;

    /// <param name="inner">A box of actions.</param>
    /// <param name="tally">Receives the figures, perhaps of several gauges.</param>
    public ActionGauge(IVectorEnvironment inner, ActionTally tally)
    {
        (_inner, _tally, _box) = (inner, tally, (ActionSpace.Box)inner.Spec.Actions);
        (_last, _hasLast) = (new float[inner.Rows * _box.ValueCount], new bool[inner.Rows]);
    }

    /// <inheritdoc/>
    public EnvironmentSpec Spec => _inner.Spec;

    /// <inheritdoc/>
    public int Rows => _inner.Rows;

    /// <inheritdoc/>
    public FrameBatch Frames => _inner.Frames;

    /// <inheritdoc/>
    public void Reset()
    {
        _inner.Reset();
        _hasLast.AsSpan().Clear();
    }

    /// <inheritdoc/>
    public Transition Step(ActionBatch actions)
    {
        var dimensions = _box.ValueCount;
        for (var row = 0; row < Rows; row++)
        {
            var (strength, change) = (0.0, 0.0);
            for (var k = 0; k < dimensions; k++)
            {
                var half = (_box.High[k] - _box.Low[k]) / 2;
                var unit = Math.Clamp((actions.Values[row * dimensions + k] - (_box.Low[k] + half)) / half, -1, 1);
                ref var last = ref _last[row * dimensions + k];
                strength += unit * unit;
                change += (unit - last) * (unit - last);
                last = unit;
                _tally.Count(Math.Abs(unit));
            }
            _tally.Add(strength, _hasLast[row] ? change : null);
            _hasLast[row] = true;
        }
        var transition = _inner.Step(actions);
        foreach (var row in transition.EndedRows) _hasLast[row] = false;
        return transition;
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        _inner.Save(writer);
        _tally.Save(writer);
        writer.Write<float>(_last);
        writer.Write<bool>(_hasLast);
    }

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        _inner.Load(ref reader);
        _tally.Load(ref reader);
        reader.ReadInto<float>(_last);
        reader.ReadInto<bool>(_hasLast);
    }
}
