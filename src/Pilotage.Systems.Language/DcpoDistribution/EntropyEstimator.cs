namespace Pilotage.Systems.Language.DcpoDistribution;

/// <summary>How the thermostat measures the policy's entropy.</summary>
public enum EntropyEstimator
{
    /// <summary>Minus the mean log-probability of the tokens that were drawn: no pass over the vocabulary, right on average.</summary>
    Sampled,

    /// <summary>Mean entropy of the distributions that they were drawn from.</summary>
    Exact,
}
