namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>What happens at a moment; at equal times in this order, and arrivals last.</summary>
internal enum EventKind : byte
{
    /// <summary>A task is done.</summary>
    Finish,

    /// <summary>A machine is ready to work.</summary>
    Ready,

    /// <summary>A machine may have been idle for long enough to be switched off.</summary>
    Sleep,
}
