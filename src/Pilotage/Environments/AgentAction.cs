namespace Pilotage.Environments;

/// <summary>The action of one row, as the environment receives it. A view: valid during the step only.</summary>
/// <remarks>Named so because <c>Action</c> is a delegate that every C# file imports.</remarks>
public readonly ref struct AgentAction
{
    /// <summary>Wraps the action of one row.</summary>
    /// <param name="indices">One index per discrete choice; empty for a continuous space.</param>
    /// <param name="values">One value per continuous dimension, in the environment's own unit; empty for a discrete space.</param>
    public AgentAction(ReadOnlySpan<int> indices, ReadOnlySpan<float> values)
    {
        Indices = indices;
        Values = values;
    }

    /// <summary>The index of a space with one discrete choice.</summary>
    public int Index => Indices[0];

    /// <summary>One index per discrete choice.</summary>
    public ReadOnlySpan<int> Indices { get; }

    /// <summary>One value per continuous dimension, in the environment's own unit.</summary>
    public ReadOnlySpan<float> Values { get; }
}
