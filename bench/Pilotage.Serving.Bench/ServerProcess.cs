using System.Diagnostics;

namespace Pilotage.Serving.Bench;

/// <summary>A server in a process of its own, so that it and the load share nothing but the machine.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public long MemoryBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Starts this program as a server.</summary>
    /// <param name="runtime"><c>pilotage</c> or <c>onnx</c>.</param>
    /// <param name="folder">Holds the policy in both forms.</param>
    public static ServerProcess Start(string runtime, string folder)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["serve", runtime, folder]) { RedirectStandardOutput = true, RedirectStandardInput = true };
        var process = Process.Start(start)!;
        var line = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The server did not start.");
        return new(process, int.Parse(line, System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>Closes its input, on which it ends.</summary>
    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(20))) _process.Kill();
        _process.Dispose();
    }
}
