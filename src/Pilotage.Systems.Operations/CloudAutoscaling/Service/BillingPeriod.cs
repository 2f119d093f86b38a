namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>The unit in which a provider bills a virtual machine; a started unit is paid whole.</summary>
public enum BillingPeriod
{
    /// <summary>By the second: a step costs its own length.</summary>
    Second,

    /// <summary>By the started minute; the same as <see cref="Second"/> where a step is a whole number of minutes.</summary>
    Minute,

    /// <summary>By the started hour, counted from each machine's launch.</summary>
    Hour,
}
