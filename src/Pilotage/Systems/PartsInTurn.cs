namespace Pilotage.Systems;

/// <summary>Computes the parts of an application here, one after the other.</summary>
public sealed class PartsInTurn : IApplyParts
{
    /// <inheritdoc/>
    public IReadOnlyList<byte[]> Compute(IReadOnlyList<ApplyPart> parts, Action<int> ended, CancellationToken cancellation)
    {
        var results = new byte[parts.Count][];
        for (var i = 0; i < results.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            ended(i);
            results[i] = parts[i].Compute(cancellation);
        }
        return results;
    }
}
