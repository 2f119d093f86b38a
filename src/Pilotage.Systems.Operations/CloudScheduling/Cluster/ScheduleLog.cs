namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>What happened, for figures and files; a simulation that is only measured keeps none.</summary>
internal sealed class ScheduleLog
{
    /// <summary>Every task that ran.</summary>
    public List<TaskRun> Tasks { get; } = [];

    /// <summary>Stretches of equal power.</summary>
    public List<PowerSegment> Segments { get; } = [];

    /// <summary>Jobs in the system after each change.</summary>
    public List<(double Time, int Jobs)> Levels { get; } = [];
}

/// <summary>A task that ran.</summary>
internal readonly record struct TaskRun(int Stage, int Machine, double Start, double End);

/// <summary>A stretch of equal power.</summary>
internal readonly record struct PowerSegment(int Machine, double Start, double End, double Watts);
