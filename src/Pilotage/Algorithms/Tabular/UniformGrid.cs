namespace Pilotage.Algorithms.Tabular;

/// <summary>Cuts a box of observations into equal cells; what lies outside falls into the cells at the border.</summary>
public sealed class UniformGrid : IDiscretizer
{
    private readonly float[] _low;
    private readonly float[] _cellsPerUnit;
    private readonly int[] _cells;

    /// <summary>Makes the grid.</summary>
    /// <param name="low">Lower bounds, one per number of the observation.</param>
    /// <param name="high">Upper bounds, above the lower ones.</param>
    /// <param name="cells">Cells of each dimension, at least 1.</param>
    /// <exception cref="UserMistakeException">The grid has more states than a table can hold.</exception>
    public UniformGrid(ReadOnlySpan<float> low, ReadOnlySpan<float> high, ReadOnlySpan<int> cells)
    {
        if (low.Length != high.Length || low.Length != cells.Length) throw new ArgumentException("Bounds and cells must have one entry per number of the observation.");
        _low = low.ToArray();
        _cells = cells.ToArray();
        High = high.ToArray();
        _cellsPerUnit = new float[low.Length];
        var states = 1L;
        for (var i = 0; i < low.Length; i++)
        {
            _cellsPerUnit[i] = cells[i] / (high[i] - low[i]);
            states *= cells[i];
            if (states > MaximumStates) throw new UserMistakeException($"A grid of {string.Join(" x ", _cells)} cells has more than {MaximumStates} states. Use fewer cells per dimension, or an algorithm with a network.");
        }
        StateCount = (int)states;
    }

    /// <summary>Lower bounds, one per number of the observation.</summary>
    public IReadOnlyList<float> Low => _low;

    /// <summary>Upper bounds.</summary>
    public IReadOnlyList<float> High { get; }

    /// <summary>Cells of each dimension.</summary>
    public IReadOnlyList<int> Cells => _cells;

    private const long MaximumStates = 20_000_000;       // 80 MB of values per action

    /// <inheritdoc/>
    public int StateCount { get; }

    /// <inheritdoc/>
    public int StateOf(ReadOnlySpan<float> observation)
    {
        var state = 0;
        for (var i = 0; i < _low.Length; i++)
            state = state * _cells[i] + (int)Math.Clamp((observation[i] - _low[i]) * _cellsPerUnit[i], 0, _cells[i] - 1);
        return state;
    }
}
