namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>In which order tasks that wait at one machine begin.</summary>
public enum QueueOrder
{
    /// <summary>In the order in which they came.</summary>
    Fifo,

    /// <summary>The one of least work first.</summary>
    Shortest,
}
