using System.Net.Sockets;

namespace Pilotage.Cluster.Work;

/// <summary>What may go wrong with a call to a grain.</summary>
internal static class Calls
{
    /// <summary>Whether a call that failed so may succeed when it is made again: the coordinator is on its way from a dead silo to another, or the network was away.</summary>
    public static bool IsTransient(Exception failure) => failure is OrleansException or TimeoutException or IOException or SocketException;
}
