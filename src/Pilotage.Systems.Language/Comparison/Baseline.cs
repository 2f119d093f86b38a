namespace Pilotage.Systems.Language.Comparison;

/// <summary>The methods that the language systems are compared with.</summary>
public enum Baseline
{
    /// <summary>REINFORCE with the mean of earlier rewards as baseline.</summary>
    Reinforce,

    /// <summary>REINFORCE++.</summary>
    ReinforcePlusPlus,

    /// <summary>REINFORCE with leave-one-out baselines.</summary>
    Rloo,

    /// <summary>Group relative policy optimisation.</summary>
    Grpo,

    /// <summary>GRPO without its two biases.</summary>
    DrGrpo,

    /// <summary>Decoupled clip and dynamic sampling.</summary>
    Dapo,

    /// <summary>Group sequence policy optimisation.</summary>
    Gspo,

    /// <summary>Proximal policy optimisation over tokens, with a value head.</summary>
    Ppo,
}
