namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>As many machines as keep the last load at a target utilisation: n = ceil(lambda / (mu u*)). Removes only after the target was lower for a while.</summary>
/// <param name="Target">u*, in (0, 1].</param>
/// <param name="Patience">Steps in a row that the target must lie below the fleet before machines are removed; 1 follows every dip.</param>
internal sealed record TargetTrackingRule(double Target, int Patience) : IScalingRule
{
    /// <inheritdoc/>
    public int MemorySize => 1;

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, double>> Parameters => [new("target", Target), new("patience", Patience)];

    /// <inheritdoc/>
    public int Change(in FleetView view, Span<double> memory) => Towards(view.MachinesFor(view.Load(), Target), view.Total, Patience, ref memory[0]);

    /// <summary>The change towards a wanted fleet, with patience before removing.</summary>
    /// <param name="wanted">Wanted machines.</param>
    /// <param name="total">Serving and booting machines.</param>
    /// <param name="patience">Steps in a row.</param>
    /// <param name="lower">Counts steps in a row with a lower target.</param>
    public static int Towards(int wanted, int total, int patience, ref double lower)
    {
        lower = wanted < total ? lower + 1 : 0;
        return wanted < total && lower < patience ? 0 : wanted - total;
    }
}
