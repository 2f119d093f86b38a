using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Pilotage.Environments.Mujoco;
using Pilotage.Lab.Data;
using Pilotage.Lab.Devices;

namespace Pilotage.Cli.Diagnosis;

/// <summary>Looks at all that a run depends on. Changes nothing but a probe file that it removes again.</summary>
internal static class Doctor
{
    private const double EnoughMemory = 0.5;            // GiB; the largest laptop study stays well below it

    /// <summary>Examines this machine and folder.</summary>
    /// <param name="terminal">Width and surroundings.</param>
    /// <param name="data">Data folder that the user named, if any.</param>
    /// <param name="cluster">Looks for the cluster that the user named; <see langword="null"/> without one.</param>
    /// <returns>One finding for each thing.</returns>
    public static IReadOnlyList<Finding> Examine(Terminal terminal, string? data, Func<Finding>? cluster) =>
    [
        new("Runtime", FindingState.Ok, $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}"),
        Sdk(),
        new("Web server", FindingState.Ok, PolicyService.WebServer),
        new("Cores", FindingState.Ok, string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount}")),
        Instructions(),
        Memory(),
        new("Terminal", FindingState.Ok, string.Create(CultureInfo.InvariantCulture, $"{terminal.Width} columns{(terminal.IsWatched ? "" : ", standard error is redirected: no progress bars")}")),
        Torch(),
        Mujoco(),
        .. DataCatalog.All.Select(set => DataOf(set, data)),
        RunsFolder(),
        new("Speed", FindingState.Ok, "pilotage bench measures it, in about a minute"),
        cluster?.Invoke() ?? ClusterFinding.None,
    ];

    private static Finding Sdk()
    {
        try
        {
            var start = new ProcessStartInfo("dotnet", "--version") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = AppContext.BaseDirectory };
            using var process = Process.Start(start);
            var version = process!.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            if (process.ExitCode == 0) return new(".NET SDK", FindingState.Ok, version);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // dotnet is not on the PATH: the tool itself was started by its full path.
        }
        return new(".NET SDK", FindingState.Absent, "no usable SDK on the PATH", "Only building needs it: https://dotnet.microsoft.com/download, version 10.0.");
    }

    private static Finding Instructions()
    {
        if (RuntimeInformation.ProcessArchitecture is not (Architecture.X64 or Architecture.X86)) return new("Processor", FindingState.Ok, $"{RuntimeInformation.ProcessArchitecture}");
        var sets = new[] { ("AVX-512", Avx512F.IsSupported), ("AVX2", Avx2.IsSupported), ("FMA", Fma.IsSupported) };
        var detail = string.Join(", ", sets.Select(set => $"{set.Item1} {(set.Item2 ? "yes" : "no")}"));
        return Fma.IsSupported
            ? new("Processor", FindingState.Ok, detail)
            : new("Processor", FindingState.Missing, detail, "Results are exact only with fused multiply-add: use a processor from 2013 or later, or allow FMA in the virtual machine.");
    }

    private static Finding Memory()
    {
        var gigabytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024.0 * 1024 * 1024);
        var detail = string.Create(CultureInfo.InvariantCulture, $"{gigabytes:0.0} GiB available to this process");
        return gigabytes >= EnoughMemory
            ? new("Memory", FindingState.Ok, detail)
            : new("Memory", FindingState.Missing, detail, "Close other programs or raise the container's limit.");
    }

    private static Finding Torch()
    {
        const string name = "Torch plug-in";
        if (TorchPlugin.Locate() is not { } folder) return new(name, FindingState.Absent, "optional: for GPUs and models that outgrow the processor", TorchPlugin.Remedy);
        try
        {
            var plugin = TorchPlugin.Load(folder);
            var handled = TorchPlugin.SystemIsOld() == true ? ", libstdc++ older than TorchSharp's: handled" : "";
            return new(name, FindingState.Ok, $"libtorch {plugin.Version}, CUDA {(plugin.HasCuda ? "yes" : "no")}{handled}, in {folder}", plugin.HasCuda ? "" : $"For a GPU: {TorchPlugin.CudaRemedy}");
        }
        catch (UserMistakeException mistake)
        {
            return new(name, FindingState.Absent, "optional, and there, but it cannot be used", string.Join(" ", mistake.Problems).ReplaceLineEndings(" "));
        }
    }

    private static Finding Mujoco()
    {
        const string name = "MuJoCo";
        try
        {
            MujocoLibrary.Load();
            return new(name, FindingState.Ok, MujocoLibrary.FileName);
        }
        catch (UserMistakeException mistake)
        {
            return new(name, FindingState.Absent, "optional: for the MuJoCo tasks", string.Join(" ", mistake.Problems).ReplaceLineEndings(" "));
        }
    }

    private static Finding DataOf(DataSet set, string? data)
    {
        var folder = DataFolders.Of(set, DataFolders.Root(data, Environment.CurrentDirectory));
        var missing = set.MissingIn(folder).Count;
        return missing == 0
            ? new($"Data {set.Name}", FindingState.Ok, folder)
            : new($"Data {set.Name}", FindingState.Absent, $"optional: {missing} of {set.Files.Count} files are not in {folder}", $"pilotage data get {set.Name} downloads them; generated data need none.");
    }

    private static Finding RunsFolder()
    {
        var folder = Path.GetFullPath("runs");
        // The nearest folder that exists is the one whose permission decides.
        var existing = folder;
        while (!Directory.Exists(existing)) existing = Path.GetDirectoryName(existing)!;
        var probe = Path.Combine(existing, $".pilotage-probe-{Environment.ProcessId}");
        try
        {
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return new("Runs folder", FindingState.Ok, $"{folder} can be written");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new("Runs folder", FindingState.Missing, $"{folder} cannot be written", "Change to another folder, or name one with --out.");
        }
    }
}
