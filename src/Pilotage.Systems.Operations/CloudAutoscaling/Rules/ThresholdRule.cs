namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>One machine more when utilisation was above a threshold for k steps, one less when it was below another; then a pause.</summary>
/// <param name="Up">Threshold for adding, in (0, 1).</param>
/// <param name="Down">Threshold for removing, below <paramref name="Up"/>.</param>
/// <param name="Steps">k: steps in a row that must agree.</param>
/// <param name="Cooldown">Steps after a change without another; below the boot delay it adds machines that the first one made needless.</param>
internal sealed record ThresholdRule(double Up, double Down, int Steps, int Cooldown) : IScalingRule
{
    /// <summary>The rule that cloud consoles suggest: 70 % and 30 %, two minutes, five minutes' pause or the boot delay if that is longer.</summary>
    public static ThresholdRule Default(int bootSteps) => new(Up: 0.7, Down: 0.3, Steps: 2, Cooldown: Math.Max(5, bootSteps));

    /// <inheritdoc/>
    public int MemorySize => 3;

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, double>> Parameters => [new("up", Up), new("down", Down), new("steps", Steps), new("cooldown", Cooldown)];

    /// <inheritdoc/>
    public int Change(in FleetView view, Span<double> memory)
    {
        ref var above = ref memory[0];
        ref var below = ref memory[1];
        ref var pause = ref memory[2];
        above = view.Utilisation > Up ? above + 1 : 0;
        below = view.Utilisation < Down ? below + 1 : 0;
        if (pause > 0)
        {
            pause--;
            return 0;
        }
        var change = above >= Steps ? 1 : below >= Steps ? -1 : 0;
        if (change != 0) (above, below, pause) = (0, 0, Cooldown);
        return change;
    }
}
