namespace Pilotage.Systems.Governance.DelayedRepression;

/// <summary>A response of constant strength.</summary>
/// <param name="strength">u, at least 0.</param>
internal sealed class StaticRegulator(double strength) : IRegulator
{
    /// <inheritdoc/>
    public double Choose(double seenAlarm, double radicals) => strength;

    /// <inheritdoc/>
    public void Learn(double seenAlarm, double radicals) { }
}
