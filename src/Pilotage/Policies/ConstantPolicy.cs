using Pilotage.Environments;

namespace Pilotage.Policies;

/// <summary>Always the same action, whatever it sees; it does not look at masks.</summary>
public sealed class ConstantPolicy : IPolicy
{
    private readonly int[] _indices = [];
    private readonly float[] _values = [];

    /// <summary>Always the same discrete choices.</summary>
    /// <param name="indices">One index per choice.</param>
    public ConstantPolicy(params int[] indices) => _indices = [.. indices];

    /// <summary>Always the same point of a box.</summary>
    /// <param name="values">One value per dimension, in the environment's own unit.</param>
    public ConstantPolicy(params float[] values) => _values = [.. values];

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The action space has another shape than the constant.</exception>
    public void Act(FrameBatch frames, PolicyMemory memory, ref Randomness random, ActionBatch actions)
    {
        if (actions.Space.IndexCount != _indices.Length || actions.Space.ValueCount != _values.Length)
        {
            throw new ArgumentException(
                $"The constant action has {_indices.Length} indices and {_values.Length} values; the space has {actions.Space.IndexCount} and {actions.Space.ValueCount}.", nameof(actions));
        }
        for (var row = 0; row < frames.Rows; row++)
        {
            if (!frames.IsActive(row)) continue;
            _indices.CopyTo(actions.Indices[(row * _indices.Length)..]);
            _values.CopyTo(actions.Values[(row * _values.Length)..]);
        }
    }
}
