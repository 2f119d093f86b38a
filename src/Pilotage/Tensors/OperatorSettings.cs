namespace Pilotage.Tensors;

/// <summary>What an <see cref="Operator"/> reads besides its inputs; each operator says which of these it knows.</summary>
internal readonly record struct OperatorSettings
{
    public int First { get; init; }

    public int Second { get; init; }

    public int Third { get; init; }

    public float Number { get; init; }

    public ulong Key { get; init; }

    /// <summary>A parameter that is read where it lies and whose gradient goes straight to its buffer.</summary>
    public Parameter? Weight { get; init; }
}
