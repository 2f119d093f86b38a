using System.Globalization;
using System.Runtime.InteropServices;

namespace Pilotage.Evaluation.Reports;

/// <summary>What a report says of its run beside the results.</summary>
/// <param name="System">Slug of the system.</param>
public sealed record ReportOrigin(string System)
{
    /// <summary>Operating system, processors and runtime.</summary>
    public string Machine { get; init; } = string.Create(
        CultureInfo.InvariantCulture,
        $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} processors, {RuntimeInformation.FrameworkDescription}");

    /// <summary>Where tensors were computed.</summary>
    public string Backend { get; init; } = "managed";

    /// <summary>What else the run wrote, relative to its folder.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];
}
