namespace Pilotage.Systems.Language.Rec;

/// <summary>What a group's rewards are compared with.</summary>
public enum RewardBaseline
{
    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>T log mean exp(r / T), the value of the regularised problem (the first OPMD).</summary>
    LogMeanExp,
}
