namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>Larger changes for larger deviations: one machine beyond a threshold, two beyond it by more than a margin; then a pause.</summary>
/// <param name="Up">Threshold for adding.</param>
/// <param name="Down">Threshold for removing, below <paramref name="Up"/>.</param>
/// <param name="Margin">Deviation from which two machines are added or removed.</param>
/// <param name="Cooldown">Steps after a change without another.</param>
internal sealed record StepScalingRule(double Up, double Down, double Margin, int Cooldown) : IScalingRule
{
    /// <inheritdoc/>
    public int MemorySize => 1;

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, double>> Parameters => [new("up", Up), new("down", Down), new("margin", Margin), new("cooldown", Cooldown)];

    /// <inheritdoc/>
    public int Change(in FleetView view, Span<double> memory)
    {
        ref var pause = ref memory[0];
        if (pause > 0)
        {
            pause--;
            return 0;
        }
        var u = view.Utilisation;
        var change = u > Up + Margin ? 2 : u > Up ? 1 : u < Down - Margin ? -2 : u < Down ? -1 : 0;
        if (change != 0) pause = Cooldown;
        return change;
    }
}
