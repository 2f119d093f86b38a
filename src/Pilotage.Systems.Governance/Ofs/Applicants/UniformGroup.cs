namespace Pilotage.Systems.Governance.Ofs;

/// <summary>Scores evenly spread between 0 and a greatest one; the outcome is good with the score's probability.</summary>
/// <param name="greatest">In (0, 1].</param>
internal sealed class UniformGroup(double greatest) : IGroup
{
    /// <inheritdoc/>
    public (double Score, double Good) Person(double uniform) => (uniform * greatest, uniform * greatest);

    /// <inheritdoc/>
    public (double Accepted, double Good) At(double threshold)
    {
        var from = Math.Clamp(threshold, 0, greatest);
        return ((greatest - from) / greatest, (greatest * greatest - from * from) / (2 * greatest));
    }
}
