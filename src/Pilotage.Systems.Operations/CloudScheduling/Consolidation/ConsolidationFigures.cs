namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>How a day went.</summary>
/// <param name="EnergyKwh">Energy of all hosts.</param>
/// <param name="OverloadShare">SLATAH: mean over hosts of the share of their time on at full load.</param>
/// <param name="Degradation">PDM: mean over virtual machines of the share of their demand that migrations cost.</param>
/// <param name="Migrations">How many.</param>
/// <param name="MeanHosts">Hosts on, in the mean.</param>
internal sealed record ConsolidationFigures(double EnergyKwh, double OverloadShare, double Degradation, int Migrations, double MeanHosts)
{
    /// <summary>SLAV: overload times degradation.</summary>
    public double Violation => OverloadShare * Degradation;

    /// <summary>ESV: energy times violation. 0 for whoever never migrates, whatever the energy: read it beside the energy.</summary>
    public double EnergyViolation => EnergyKwh * Violation;
}
