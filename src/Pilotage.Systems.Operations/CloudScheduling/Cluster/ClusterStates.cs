namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Whether a machine is on.</summary>
internal enum MachinePower : byte
{
    On,
    Off,
    Booting,
}

/// <summary>A machine at a moment.</summary>
internal struct MachineState
{
    /// <summary>Cores and memory that no running task holds.</summary>
    public double FreeCores, FreeMemory;

    /// <summary>Work per second of a task.</summary>
    public double Speed;

    /// <summary>Core-seconds at speed 1 of the tasks that wait here.</summary>
    public double QueuedWork;

    /// <summary>Sum over running tasks of cores times end, and of cores: what is left of them at t is the first less t times the second.</summary>
    public double RunningEnds, RunningCores;

    /// <summary>Sum of the ends of running tasks.</summary>
    public double Ends;

    /// <summary>The latest end of a task that has begun here: of one that runs, or past.</summary>
    public double LastEnd;

    /// <summary>When the last task ended.</summary>
    public double IdleSince;

    /// <summary>Number of running tasks.</summary>
    public int Running;

    /// <summary>The job of the task that began last; -1 for none.</summary>
    public int LastJob;

    public MachinePower Power;
}

/// <summary>A stage at a moment.</summary>
internal struct StageState
{
    /// <summary>Tasks that no machine has been given.</summary>
    public int Unplaced;

    /// <summary>Tasks that are not done.</summary>
    public int Unfinished;

    /// <summary>Stages that it still waits for.</summary>
    public int Waiting;
}

/// <summary>A job at a moment.</summary>
internal struct JobState
{
    /// <summary>When it came.</summary>
    public double Arrival;

    /// <summary>When it left; NaN while it is here.</summary>
    public double Left;

    /// <summary>Core-seconds at speed 1 of the tasks that are not done.</summary>
    public double WorkLeft;

    /// <summary>Tasks that run or wait at machines.</summary>
    public int Executors;

    /// <summary>Stages that are not done.</summary>
    public int StagesLeft;
}
