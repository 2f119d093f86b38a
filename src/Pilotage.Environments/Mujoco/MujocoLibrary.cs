using System.Runtime.InteropServices;
using Pilotage.Environments.Mujoco.Native;

namespace Pilotage.Environments.Mujoco;

/// <summary>The system's MuJoCo library: found, its version checked, its errors and warnings caught. Not part of Pilotage; Debian has it as a package.</summary>
/// <remarks>Thread-safe. Once loaded it stays loaded until the process ends.</remarks>
public sealed unsafe class MujocoLibrary
{
    /// <summary>File name of the one version that is understood: memory layouts differ between versions.</summary>
    public const string FileName = "libmujoco.so.2.2.2";

    /// <summary>What <c>mj_version</c> must return.</summary>
    public const int SupportedVersion = 222;

    /// <summary>How to add the library on Debian 12.</summary>
    public const string InstallCommand = "apt-get update && apt-get install -y libmujoco2.2.2";

    private static readonly Lock Gate = new();
    private static MujocoLibrary? _shared;

    private MujocoLibrary(nint library, int version)
    {
        Version = version;
        nint Find(string name) => NativeLibrary.GetExport(library, name);
        // Before anything else: the library's own handlers end the process and write a file into the working directory.
        *(nint*)Find("mju_user_error") = ErrorGuard.ErrorHandler;
        *(nint*)Find("mju_user_warning") = ErrorGuard.WarningHandler;
        LoadXml = Find("mj_loadXML");
        MakeData = Find("mj_makeData");
        ResetData = Find("mj_resetData");
        StepData = Find("mj_step");
        ForwardData = Find("mj_forward");
        Kinematics = Find("mj_kinematics");
        PostConstraint = Find("mj_rnePostConstraint");
        NameToId = Find("mj_name2id");
        IdToName = Find("mj_id2name");
        DeleteData = (delegate* unmanaged<nint, void>)Find("mj_deleteData");
        DeleteModel = (delegate* unmanaged<nint, void>)Find("mj_deleteModel");
        TotalMass = (delegate* unmanaged<nint, double>)Find("mj_getTotalmass");
    }

    /// <summary>What the library says of itself: 222 is 2.2.2.</summary>
    public int Version { get; }

    internal nint LoadXml { get; }

    internal nint MakeData { get; }

    internal nint ResetData { get; }

    internal nint StepData { get; }

    internal nint ForwardData { get; }

    internal nint Kinematics { get; }

    internal nint PostConstraint { get; }

    internal nint NameToId { get; }

    internal nint IdToName { get; }

    internal delegate* unmanaged<nint, void> DeleteData { get; }

    internal delegate* unmanaged<nint, void> DeleteModel { get; }

    internal delegate* unmanaged<nint, double> TotalMass { get; }

    /// <summary>Loads the library, or gives the one that is loaded already.</summary>
    /// <returns>The library, ready.</returns>
    /// <exception cref="UserMistakeException">It is not installed, has another version, or this is not Linux on x64.</exception>
    public static MujocoLibrary Load()
    {
        lock (Gate) return _shared ??= Load(FileName, handle => ((delegate* unmanaged<int>)NativeLibrary.GetExport(handle, "mj_version"))());
    }

    /// <summary>Loads a library by any name, its version told by a probe: the tests' way to see the refusals.</summary>
    /// <param name="fileName">As the dynamic linker takes it.</param>
    /// <param name="versionOf">Tells the version of the loaded library.</param>
    internal static MujocoLibrary Load(string fileName, Func<nint, int> versionOf)
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
            throw Mistake($"The MuJoCo tasks need Linux on x64; this is {RuntimeInformation.RuntimeIdentifier}.", "Everything else runs here.");
        if (!NativeLibrary.TryLoad(fileName, out var library))
            throw Mistake($"MuJoCo is not installed: {fileName} was not found (package libmujoco2.2.2).", $"Install it with: {InstallCommand}");
        var version = versionOf(library);
        return version == SupportedVersion
            ? new(library, version)
            : throw Mistake($"{fileName} is MuJoCo {Dotted(version)}; only {Dotted(SupportedVersion)} is understood, because memory layouts differ.", $"Install it with: {InstallCommand}");
    }

    private static string Dotted(int version) => $"{version / 100}.{version / 10 % 10}.{version % 10}";

    private static UserMistakeException Mistake(string what, string advice) => new(new Mistake("PIL1001", what, "", advice).ToString());
}
