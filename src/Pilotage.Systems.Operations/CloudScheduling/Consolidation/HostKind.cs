namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>A kind of host.</summary>
/// <param name="Name">Of the machine.</param>
/// <param name="Mips">Of all cores.</param>
/// <param name="Watts">At 0, 10, … 100 % utilisation.</param>
internal sealed record HostKind(string Name, double Mips, double[] Watts)
{
    /// <summary>HP ProLiant ML110 G4 and G5, by their SPECpower results.</summary>
    public static readonly HostKind G4 = new("g4", 2 * 1860, [86, 89.4, 92.6, 96, 99.5, 102, 106, 108, 112, 114, 117]);

    /// <inheritdoc cref="G4"/>
    public static readonly HostKind G5 = new("g5", 2 * 2660, [93.7, 97, 101, 105, 110, 116, 121, 125, 129, 133, 135]);

    /// <summary>Power between the measured points in straight lines.</summary>
    /// <param name="utilisation">At least 0; above 1 counts as 1.</param>
    public double Power(double utilisation)
    {
        var place = Math.Min(utilisation, 1) * 10;
        var below = Math.Min((int)place, 9);
        return Watts[below] + (Watts[below + 1] - Watts[below]) * (place - below);
    }
}
