using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using Pilotage.Tensors;

namespace Pilotage.Lab.Devices;

/// <summary>The optional folder with libtorch: found, checked and loaded at run time, so that nobody who does not want it carries half a gigabyte.</summary>
public sealed class TorchPlugin
{
    /// <summary>Names the plug-in's folder, before all other places.</summary>
    public const string Variable = "PILOTAGE_TORCH";

    /// <summary>How to add the plug-in.</summary>
    public const string Remedy = "Add it with: dotnet build src/Pilotage.Torch (it downloads about 130 MB), or name its folder in " + Variable + ".";

    /// <summary>How to build the plug-in for a GPU.</summary>
    public const string CudaRemedy = "dotnet build src/Pilotage.Torch -p:TorchCuda=true";

    private const string File = "Pilotage.Torch.dll";
    private const string Entry = "Pilotage.Torch.TorchDevices";
    private readonly Type _entry;

    private TorchPlugin(string folder, Type entry) => (Folder, _entry) = (folder, entry);

    /// <summary>Where it was loaded from.</summary>
    public string Folder { get; }

    /// <summary>Version of libtorch: <c>2.10.0</c>.</summary>
    public string Version => (string)Read(nameof(Version));

    /// <summary>Whether libtorch sees a GPU.</summary>
    public bool HasCuda => (bool)Read(nameof(HasCuda));

    /// <summary>Where a plug-in is looked for, first place first.</summary>
    /// <returns>Folders, existing or not.</returns>
    public static IReadOnlyList<string> Places()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named) return [Path.GetFullPath(named)];
        var tool = AppContext.BaseDirectory;
        var places = new List<string> { Path.Combine(tool, "torch"), Path.Combine(tool, "plugins", "Pilotage.Torch") };
        for (var folder = new DirectoryInfo(tool); folder is not null; folder = folder.Parent)
            if (folder.Name == "artifacts") places.Add(Path.Combine(folder.FullName, "bin", "Pilotage.Torch", "release"));
        return places;
    }

    /// <summary>Finds the plug-in.</summary>
    /// <param name="folder">The one place to look in; <see langword="null"/> for <see cref="Places"/>.</param>
    /// <returns>Its folder; <see langword="null"/> if it is nowhere.</returns>
    public static string? Locate(string? folder = null) => (folder is null ? Places() : [folder]).FirstOrDefault(place => System.IO.File.Exists(Path.Combine(place, File)));

    /// <summary>Whether this system's C++ library lacks what TorchSharp names, so that the plug-in's copy must do without the name.</summary>
    /// <returns><see langword="null"/> where there is no such library: not Linux.</returns>
    public static bool? SystemIsOld()
    {
        if (!OperatingSystem.IsLinux() || !NativeLibrary.TryLoad("libstdc++.so.6", out var library)) return null;
        // The marker that came with GLIBCXX_3.4.32, in GCC 13.
        return !NativeLibrary.TryGetExport(library, "_ZSt21ios_base_library_initv", out _);
    }

    /// <summary>Loads the plug-in and libtorch.</summary>
    /// <param name="folder">Holds the plug-in.</param>
    /// <returns>The plug-in, ready.</returns>
    /// <exception cref="UserMistakeException">It was built with another version of the library, or libtorch cannot be loaded.</exception>
    public static TorchPlugin Load(string folder)
    {
        var path = Path.Combine(folder, File);
        if (Identity(Path.Combine(folder, "Pilotage.dll")) != typeof(Device).Module.ModuleVersionId)
            throw Mistake($"The Torch plug-in in {folder} was built with another version of Pilotage than this one.", "Build it again: dotnet build src/Pilotage.Torch");
        var context = new PluginLoadContext(path);
        try
        {
            // First alone: what TorchSharp says when it fails has a hundred lines.
            context.LoadNative("LibTorchSharp");
            var entry = context.LoadFromAssemblyPath(path).GetType(Entry, throwOnError: true)!;
            return new(folder, entry);
        }
        catch (Exception failure) when (failure is DllNotFoundException or BadImageFormatException or FileNotFoundException or FileLoadException or TypeLoadException)
        {
            throw Mistake($"The Torch plug-in in {folder} does not load: {FirstLine(failure.Message)}", "Build it again: dotnet build src/Pilotage.Torch. On Linux the build also adapts it to an older libstdc++.");
        }
    }

    /// <summary>A device of the plug-in.</summary>
    /// <param name="name"><c>torch</c> or <c>cuda</c>.</param>
    /// <returns>The device; <see langword="null"/> if this machine has none of this name.</returns>
    public Device? Find(string name) => _entry.GetMethod(nameof(Find))!.CreateDelegate<Func<string, Device?>>()(name);

    /// <summary>Sets the number of threads of libtorch's operations.</summary>
    /// <param name="count">At least 1.</param>
    public void UseThreads(int count) => _entry.GetMethod(nameof(UseThreads))!.CreateDelegate<Action<int>>()(count);

    private object Read(string property) => _entry.GetProperty(property, BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;

    private static Guid Identity(string assembly)
    {
        if (!System.IO.File.Exists(assembly)) return default;
        using var reader = new PEReader(System.IO.File.OpenRead(assembly));
        var metadata = reader.GetMetadataReader();
        return metadata.GetGuid(metadata.GetModuleDefinition().Mvid);
    }

    private static string FirstLine(string text) => text.ReplaceLineEndings("\n").Split('\n', 2)[0];

    private static UserMistakeException Mistake(string what, string remedy) => new(new Mistake("PIL0411", what, "", remedy).ToString());
}
