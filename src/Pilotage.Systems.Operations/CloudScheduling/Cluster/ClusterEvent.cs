namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Something that will happen.</summary>
/// <param name="Time">Seconds after the beginning.</param>
/// <param name="Order">Breaks ties of equal times and kinds: the order in which events were made.</param>
/// <param name="Kind">What.</param>
/// <param name="Machine">Where.</param>
/// <param name="Stage">Of the task that is done.</param>
internal readonly record struct ClusterEvent(double Time, int Order, EventKind Kind, int Machine, int Stage)
{
    /// <summary>Whether it comes first.</summary>
    public bool IsBefore(in ClusterEvent other) => Time != other.Time ? Time < other.Time : Kind != other.Kind ? Kind < other.Kind : Order < other.Order;
}
