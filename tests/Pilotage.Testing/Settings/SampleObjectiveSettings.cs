using System.ComponentModel.DataAnnotations;
using Pilotage.Settings;

namespace Pilotage.Testing.Settings;

/// <summary>Settings of an objective.</summary>
[Settings]
public sealed partial record SampleObjectiveSettings : ISettingsRules
{
    /// <summary>Clip radius of the probability ratio (epsilon). Near 0: no learning; above 0.4: no trust region. Usual 0.1-0.3.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double ClipRadius { get; init; } = 0.2;

    /// <summary>Weight of the entropy in the loss.</summary>
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public double EntropyWeight { get; init; } = 0.01;

    /// <inheritdoc/>
    public IEnumerable<string> Problems()
    {
        if (EntropyWeight > ClipRadius) yield return $"EntropyWeight = {EntropyWeight} is above ClipRadius = {ClipRadius}. Lower it.";
    }
}
