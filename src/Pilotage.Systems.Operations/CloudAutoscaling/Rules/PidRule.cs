namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>A proportional-integral-derivative controller on the fleet's relative error e = u / u* - 1, in machines.</summary>
/// <remarks>
/// change = round(n (Kp e + Ki sum e + Kd (e - e before)) + rest), the rest of rounding being carried over, or one machine could never ask for a second.
/// The sum forgets a tenth a step and is held within [-3, 3], so that an overload does not wind it up; machines on their way are subtracted from what is
/// added, so that an error is not answered twice.
/// </remarks>
/// <param name="Target">u*, in (0, 1).</param>
/// <param name="Proportional">Kp.</param>
/// <param name="Integral">Ki.</param>
/// <param name="Derivative">Kd.</param>
internal sealed record PidRule(double Target, double Proportional, double Integral, double Derivative) : IScalingRule
{
    private const double Forgetting = 0.9, Windup = 3;

    /// <inheritdoc/>
    public int MemorySize => 3;

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, double>> Parameters =>
        [new("target", Target), new("proportional", Proportional), new("integral", Integral), new("derivative", Derivative)];

    /// <inheritdoc/>
    public int Change(in FleetView view, Span<double> memory)
    {
        var error = view.Utilisation / Target - 1;
        var sum = Math.Clamp(Forgetting * memory[0] + error, -Windup, Windup);
        var wanted = view.Serving * (Proportional * error + Integral * sum + Derivative * (error - memory[1])) + memory[2];
        var change = (int)Math.Clamp(Math.Round(wanted), -ServiceModel.LargestChange - view.Booting, ServiceModel.LargestChange + view.Booting);
        (memory[0], memory[1], memory[2]) = (sum, error, Math.Clamp(wanted - change, -0.5, 0.5));
        return change > 0 ? Math.Max(0, change - view.Booting) : change;
    }
}
