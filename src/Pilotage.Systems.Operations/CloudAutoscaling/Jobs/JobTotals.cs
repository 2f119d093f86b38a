namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>Sums over a running episode; what must balance.</summary>
/// <remarks>Paid seconds = boot + busy + idle. Work of finished and running tasks + lost work = work done by busy machines.</remarks>
internal struct JobTotals
{
    /// <summary>Money paid.</summary>
    public double Cost;

    /// <summary>Machine seconds paid, and how they were spent.</summary>
    public double PaidSeconds, BootSeconds, BusySeconds, IdleSeconds;

    /// <summary>Work done by busy machines, seconds at speed 1, whether kept or lost.</summary>
    public double WorkDone;

    /// <summary>Work that was lost with its machine, beyond the last checkpoint.</summary>
    public double WorkLost;

    /// <summary>Machines lost to the market, and those of them that had a task.</summary>
    public int MachinesLost, TasksInterrupted;

    /// <summary>Tasks finished.</summary>
    public int Finished;

    /// <summary>Rewards summed, without discount.</summary>
    public double Return;
}
