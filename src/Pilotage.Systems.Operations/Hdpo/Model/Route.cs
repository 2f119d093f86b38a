namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>Where stock may be ordered from.</summary>
/// <param name="From">Index of the warehouse that ships, or <see cref="Supplier"/>.</param>
/// <param name="To">Index of the location that receives.</param>
/// <param name="LeadTime">L, at least 1: what is ordered in period t can be used in period t + L.</param>
/// <param name="Cost">Money for one unit that is ordered.</param>
internal sealed record Route(int From, int To, int LeadTime, double Cost = 0)
{
    /// <summary>The outside supplier, whose stock never ends.</summary>
    public const int Supplier = -1;

    /// <summary>Whether the supplier ships.</summary>
    public bool IsExternal => From == Supplier;
}
