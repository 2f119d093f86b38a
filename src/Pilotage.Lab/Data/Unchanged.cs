namespace Pilotage.Lab.Data;

/// <summary>Keeps the original as it is.</summary>
public sealed record Unchanged : IDerivation
{
    /// <inheritdoc/>
    public string Text => "";

    /// <inheritdoc/>
    public byte[] Apply(byte[] original) => original;
}
