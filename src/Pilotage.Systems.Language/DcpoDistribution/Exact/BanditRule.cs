namespace Pilotage.Systems.Language.DcpoDistribution;

/// <summary>Which expected update a bandit follows.</summary>
/// <param name="Thermostat">Of the virtual distribution; <see langword="null"/> for the group's credit alone.</param>
internal sealed record BanditRule(EntropyThermostat? Thermostat)
{
    /// <summary>Whether the virtual distribution weighs correct actions by rho; else each counts 1.</summary>
    public bool UsesRatio { get; init; } = true;

    /// <summary>Whether advantages are those of an infinite group instead of a group of <see cref="SoftmaxBandit.Group"/>.</summary>
    public bool IsPopulation { get; init; }

    /// <summary>Coefficient of an entropy bonus in the loss.</summary>
    public double EntropyWeight { get; init; }

    /// <summary>alpha_e of the bonus on the advantage, see <see cref="EntropyCredit"/>.</summary>
    public double EntropyCredit { get; init; }
}
