using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Pilotage.Workloads;

/// <summary>Processor time of the calling thread: what other programs take from a busy machine does not count. For work that runs on one thread.</summary>
public static partial class ProcessorClock
{
    private const int ThreadProcessorTime = 3;           // CLOCK_THREAD_CPUTIME_ID on Linux

    /// <summary>Seconds so far; of the wall clock where the system has no such clock.</summary>
    public static double Seconds
    {
        get
        {
            if (!OperatingSystem.IsLinux()) return (double)Stopwatch.GetTimestamp() / Stopwatch.Frequency;
            _ = Read(ThreadProcessorTime, out var time);
            return time.Seconds + 1e-9 * time.Nanoseconds;
        }
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int Read(int clock, out Time time);

    private struct Time
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
