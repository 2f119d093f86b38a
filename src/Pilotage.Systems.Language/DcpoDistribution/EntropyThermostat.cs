namespace Pilotage.Systems.Language.DcpoDistribution;

/// <summary>Holds the entropy of a policy at a set point: says which temperature the virtual distribution has, and how much of the credit it gives.</summary>
/// <param name="Target">H0, in nats.</param>
/// <param name="Hot">Temperature where the entropy is at or below H0, above 1.</param>
/// <param name="Cold">Temperature where it is above H0, below 1.</param>
/// <param name="LargestError">|H0 - H| counts as no more than this, in nats.</param>
/// <remarks>arXiv:2601.12730, released code: the temperature is switched, the weight is proportional. Dividing by the share of correct answers gives all correct ones together the same weight, however few there are.</remarks>
internal readonly record struct EntropyThermostat(double Target, double Hot = 1.2, double Cold = 0.8, double LargestError = 0.1)
{
    /// <summary>Reads the thermostat.</summary>
    /// <param name="entropy">H, the mean entropy of the policy in nats; that of the update before, in the released algorithm.</param>
    /// <param name="correctShare">Share of the batch's answers that are correct, in [0, 1]. At 0 the weight is 0, where the released code divides by zero.</param>
    /// <returns>What to apply.</returns>
    public ThermostatReading Read(double entropy, double correctShare)
    {
        var temperature = entropy <= Target ? Hot : Cold;
        var coefficient = correctShare > 0 ? Math.Min(Math.Abs(Target - entropy), LargestError) / correctShare : 0;
        return new(temperature, coefficient, coefficient / (1 + coefficient));
    }
}

/// <summary>What a thermostat said.</summary>
/// <param name="Temperature">T of the virtual distribution.</param>
/// <param name="Coefficient">c: the regulariser's size beside an advantage of 1.</param>
/// <param name="Weight">alpha = c / (1 + c), in [0, 1).</param>
internal readonly record struct ThermostatReading(double Temperature, double Coefficient, double Weight);
