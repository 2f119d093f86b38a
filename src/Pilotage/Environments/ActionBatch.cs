namespace Pilotage.Environments;

/// <summary>The actions of several rows: a policy fills it, a vector environment reads it. Owns its memory, made once.</summary>
/// <param name="space">The space that the actions belong to.</param>
/// <param name="rows">Number of rows, at least 1.</param>
public sealed class ActionBatch(ActionSpace space, int rows)
{
    private readonly int[] _indices = new int[rows * space.IndexCount];
    private readonly float[] _values = new float[rows * space.ValueCount];

    /// <summary>The space that the actions belong to.</summary>
    public ActionSpace Space => space;

    /// <summary>Number of rows.</summary>
    public int Rows => rows;

    /// <summary>Discrete choices, row-major [rows, <see cref="ActionSpace.IndexCount"/>].</summary>
    public Span<int> Indices => _indices;

    /// <summary>Continuous values, row-major [rows, <see cref="ActionSpace.ValueCount"/>], in the environment's own unit.</summary>
    public Span<float> Values => _values;

    /// <summary>The action of one row.</summary>
    /// <param name="row">In [0, <see cref="Rows"/>).</param>
    /// <returns>A view.</returns>
    public AgentAction this[int row] => new(
        _indices.AsSpan(row * space.IndexCount, space.IndexCount), _values.AsSpan(row * space.ValueCount, space.ValueCount));
}
