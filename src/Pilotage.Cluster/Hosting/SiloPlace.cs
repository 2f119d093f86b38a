using System.Net;
using System.Net.Sockets;

namespace Pilotage.Cluster.Hosting;

/// <summary>Where a silo listens.</summary>
/// <param name="Address">An address of this machine that the others reach.</param>
/// <param name="Port">For other silos; 0 takes any that is free.</param>
/// <param name="GatewayPort">For those who ask; 0 takes any that is free.</param>
public sealed record SiloPlace(IPAddress Address, int Port, int GatewayPort)
{
    /// <summary>On this machine alone, at any ports.</summary>
    public static SiloPlace Loopback { get; } = new(IPAddress.Loopback, 0, 0);

    /// <summary>Puts free ports in the place of zeros.</summary>
    /// <returns>The place with two ports; another program may still be quicker to take them.</returns>
    /// <exception cref="UserMistakeException">A port that was named is in use, or the address is not this machine's.</exception>
    internal SiloPlace Resolve()
    {
        // Both are held until both are known, so that they differ.
        using var silo = Listen(Port);
        using var gateway = Listen(GatewayPort);
        return this with { Port = ((IPEndPoint)silo.LocalEndpoint).Port, GatewayPort = ((IPEndPoint)gateway.LocalEndpoint).Port };
    }

    private TcpListener Listen(int port)
    {
        var listener = new TcpListener(Address, port);
        try
        {
            listener.Start();
            return listener;
        }
        catch (SocketException failure)
        {
            listener.Dispose();
            throw new UserMistakeException(new Mistake(
                "PIL2108", $"A worker cannot listen at {new IPEndPoint(Address, port)}: {failure.Message}.", "", "Another program may use the port: name others with --port and --gateway-port, or leave them out.").ToString());
        }
    }
}
