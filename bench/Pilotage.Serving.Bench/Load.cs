using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Pilotage.Serving.Bench;

/// <summary>What a load found.</summary>
/// <param name="Requests">Answered with 200.</param>
/// <param name="Failed">Answered otherwise, or not.</param>
/// <param name="Seconds">Measured.</param>
/// <param name="Median">Of a request, in milliseconds.</param>
/// <param name="Slow">99 of 100 are faster, in milliseconds.</param>
internal readonly record struct LoadResult(long Requests, long Failed, double Seconds, double Median, double Slow)
{
    public double PerSecond => Requests / Seconds;
}

/// <summary>Connections that each ask, wait for the answer, and ask again: plain sockets, so that little time is the load's own.</summary>
internal static class Load
{
    public static byte[] Request(string path, string body) => Encoding.ASCII.GetBytes(
        $"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");

    public static async Task<LoadResult> Run(int port, int connections, double seconds, IReadOnlyList<byte[]> requests)
    {
        var clock = Stopwatch.StartNew();
        var all = await Task.WhenAll(Enumerable.Range(0, connections).Select(i => Task.Run(() => Ask(port, clock, seconds, requests, i))));
        var elapsed = clock.Elapsed.TotalSeconds;
        var times = all.SelectMany(one => one.Times).ToArray();
        Array.Sort(times);
        return new(times.Length, all.Sum(one => one.Failed), elapsed, At(0.5), At(0.99));

        double At(double share) => times.Length == 0 ? double.NaN : times[(int)(share * (times.Length - 1))] / (double)Stopwatch.Frequency * 1e3;
    }

    private static async Task<(List<long> Times, long Failed)> Ask(int port, Stopwatch clock, double seconds, IReadOnlyList<byte[]> requests, int first)
    {
        using var socket = await Connect(port);
        var (times, failed, buffer) = (new List<long>(1 << 16), 0L, new byte[1 << 16]);
        for (var i = first; clock.Elapsed.TotalSeconds < seconds; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await socket.SendAsync(requests[i % requests.Count]);
            if (await Answer(socket, buffer) == 200) times.Add(Stopwatch.GetTimestamp() - start);
            else failed++;
        }
        return (times, failed);
    }

    public static async Task<Socket> Connect(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        return socket;
    }

    /// <summary>Reads one answer to its end.</summary>
    /// <returns>Its status; 0 where the connection ended.</returns>
    public static async Task<int> Answer(Socket socket, byte[] buffer)
    {
        var (filled, head) = (0, -1);
        while (head < 0)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(filled));
            if (read == 0) return 0;
            filled += read;
            head = buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8);
        }
        var text = Encoding.ASCII.GetString(buffer, 0, head);
        var isChunked = text.Contains("chunked", StringComparison.OrdinalIgnoreCase);
        var length = text.IndexOf("Content-Length: ", StringComparison.OrdinalIgnoreCase) is var at and >= 0
            ? int.Parse(text.AsSpan(at + 16, (text.IndexOf('\r', at) is var end and >= 0 ? end : text.Length) - at - 16), System.Globalization.CultureInfo.InvariantCulture) : 0;
        while (isChunked ? !buffer.AsSpan(0, filled).EndsWith("0\r\n\r\n"u8) : filled < head + 4 + length)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(filled));
            if (read == 0) return 0;
            filled += read;
        }
        return int.Parse(text.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture);
    }
}
