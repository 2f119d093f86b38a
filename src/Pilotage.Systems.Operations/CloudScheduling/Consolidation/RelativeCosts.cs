namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>What a policy of hosts costs over what the static rule costs on the same days.</summary>
/// <param name="Energy">Of all hosts.</param>
/// <param name="Overload">SLATAH.</param>
/// <param name="Degradation">PDM.</param>
internal sealed record RelativeCosts(double Energy, double Overload, double Degradation)
{
    /// <summary>The two factors of the violation added: what their product is to the first order at the static rule, but no factor of 0 hides the other.</summary>
    public double Violation => Overload + Degradation;

    /// <summary>One number to choose by: of those within the limit the least violation, and each of them before all others; of the others the least energy.</summary>
    /// <param name="energyLimit">Energy that may be taken.</param>
    public double Rank(double energyLimit) => Energy <= energyLimit ? Violation / (1 + Violation) : 1 + Energy - energyLimit;
}
