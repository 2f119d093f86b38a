namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>A rented machine. Times are seconds since the episode began.</summary>
internal struct JobMachine
{
    /// <summary>Where it was rented.</summary>
    public int Pool;

    /// <summary>The task that it works on; -1 for none.</summary>
    public int Task;

    /// <summary>When it can work first.</summary>
    public double ReadyAt;

    /// <summary>When it began its task, and when it will have finished it.</summary>
    public double StartedAt, FinishesAt;
}
