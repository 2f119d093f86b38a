namespace Pilotage.Lab.Sweeps;

/// <summary>Which of a system's instances a tuner may see.</summary>
public enum InstanceUse
{
    /// <summary><see cref="Split"/> where an arm that does not depend on its seed measures the metric, or data are real; <see cref="Fresh"/> otherwise. Found out before the run begins.</summary>
    Automatic,

    /// <summary>Half of the instances, by their names; the other half is for the verdict. For instances that are the same at every seed.</summary>
    Split,

    /// <summary>All: each trial draws its own instances from its seeds.</summary>
    Fresh,
}
