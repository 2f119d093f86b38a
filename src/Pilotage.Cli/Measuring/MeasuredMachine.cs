using System.Globalization;
using System.Runtime.Intrinsics;
using Pilotage.Evaluation.Reports;

namespace Pilotage.Cli.Measuring;

/// <summary>The machine that figures speak of, and how busy it was before anything was measured.</summary>
/// <param name="Description">Processor, system, runtime.</param>
/// <param name="Vectors">Bits of the vectors that the kernels use.</param>
/// <param name="Processors">Logical processors that this process may use.</param>
/// <param name="Load">Programs that wanted a processor, on average over the last minute; <see langword="null"/> where the system does not tell.</param>
internal sealed record MeasuredMachine(string Description, int Vectors, int Processors, double? Load)
{
    private const string LoadFile = "/proc/loadavg";
    private const string ProcessorFile = "/proc/cpuinfo";
    private const double QuietShare = 0.25;             // of the processors: one busy program among four leaves the rest alone

    /// <summary>Whether other programs leave the processors alone; <see langword="null"/> where the system does not tell.</summary>
    public bool? IsQuiet => Load is { } load ? load <= QuietShare * Processors : null;

    /// <summary>Looks at this machine.</summary>
    public static MeasuredMachine Read()
    {
        var machine = new ReportOrigin("").Machine;
        return new(Processor() is { Length: > 0 } name ? $"{name}; {machine}" : machine, Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128, Environment.ProcessorCount, ReadLoad());
    }

    private static string? Processor()
    {
        if (!File.Exists(ProcessorFile)) return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        return File.ReadLines(ProcessorFile).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[^1].Trim();
    }

    private static double? ReadLoad() =>
        OperatingSystem.IsLinux() && File.Exists(LoadFile) && double.TryParse(File.ReadAllText(LoadFile).Split(' ')[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var load) ? load : null;
}
