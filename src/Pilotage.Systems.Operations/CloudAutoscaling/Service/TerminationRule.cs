namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>When a machine that is given up stops serving.</summary>
public enum TerminationRule
{
    /// <summary>At once; what is paid of its billing period is lost.</summary>
    Immediate,

    /// <summary>When its paid period ends: until then it serves, and counts no more against the bounds.</summary>
    AtBillingBoundary,
}
