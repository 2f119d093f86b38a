namespace Pilotage.Systems.Language.DcpoDistribution;

/// <summary>What the study's policies are trained on.</summary>
public enum LabTask
{
    /// <summary>Join numbers to reach a target: several solutions, so that diversity shows.</summary>
    Countdown,

    /// <summary>Write the running results of a calculation: one solution.</summary>
    Chain,
}
