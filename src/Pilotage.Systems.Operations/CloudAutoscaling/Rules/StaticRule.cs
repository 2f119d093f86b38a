namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>Always the same number of machines, reached by at most two a step.</summary>
/// <param name="Vms">The number.</param>
internal sealed record StaticRule(int Vms) : IScalingRule
{
    /// <inheritdoc/>
    public int MemorySize => 0;

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, double>> Parameters => [new("vms", Vms)];

    /// <inheritdoc/>
    public int Change(in FleetView view, Span<double> memory) => Vms - view.Total;
}
