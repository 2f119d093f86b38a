using System.Net.Sockets;
using System.Text;

namespace Pilotage.Serving.Bench;

/// <summary>Callers that a service must survive, all at once and for as long as the others ask.</summary>
internal static class Trouble
{
    /// <summary>Opens connections that never ask.</summary>
    public static async Task<IReadOnlyList<Socket>> Idle(int port, int count)
    {
        var sockets = new List<Socket>();
        for (var i = 0; i < count; i++) sockets.Add(await Load.Connect(port));
        return sockets;
    }

    /// <summary>Sends bodies a byte a second, each on a connection of its own, and begins anew where the service cuts it off.</summary>
    public static async Task<long> Slow(int port, int count, CancellationToken stopped)
    {
        var cut = await Task.WhenAll(Enumerable.Range(0, count).Select(async _ =>
        {
            var begun = 0L;
            while (!stopped.IsCancellationRequested)
            {
                begun++;
                using var socket = await Load.Connect(port);
                try
                {
                    await socket.SendAsync(Encoding.ASCII.GetBytes("POST /act HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n"));
                    while (!stopped.IsCancellationRequested)
                    {
                        await socket.SendAsync("["u8.ToArray());
                        await Task.Delay(1000, CancellationToken.None);
                    }
                }
                catch (SocketException)
                {
                    // The service has closed the connection, as it should.
                }
            }
            return begun;
        }));
        return cut.Sum();
    }

    /// <summary>Sends megabytes that are no JSON, one after the other.</summary>
    /// <returns>How many were answered with 400, and how many otherwise.</returns>
    public static async Task<(long Refused, long Otherwise)> Garbage(int port, int connections, CancellationToken stopped)
    {
        var bytes = new byte[1 << 20];
        var random = SeedTree.Root(1).Start();
        foreach (ref var value in bytes.AsSpan()) value = (byte)random.NextInt(256);
        byte[] request = [.. Encoding.ASCII.GetBytes($"POST /act HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {bytes.Length}\r\n\r\n"), .. bytes];
        var counts = await Task.WhenAll(Enumerable.Range(0, connections).Select(async _ =>
        {
            var (refused, otherwise, buffer) = (0L, 0L, new byte[1 << 16]);
            while (!stopped.IsCancellationRequested)
            {
                using var socket = await Load.Connect(port);
                try
                {
                    await socket.SendAsync(request);
                    if (await Load.Answer(socket, buffer) == 400) refused++; else otherwise++;
                }
                catch (SocketException)
                {
                    refused++;                                   // closed while the megabyte was still under way
                }
            }
            return (refused, otherwise);
        }));
        return (counts.Sum(one => one.refused), counts.Sum(one => one.otherwise));
    }
}
