using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using Pilotage.Tensors;

namespace Pilotage.Lab.Devices;

/// <summary>Loads a plug-in's own assemblies from its folder and shares the library with the host, so that a device here is a device there.</summary>
internal sealed class PluginLoadContext(string plugin) : AssemblyLoadContext("Torch plug-in")
{
    private readonly AssemblyDependencyResolver _resolver = new(plugin);

    /// <summary>Loads a native library of the plug-in.</summary>
    /// <exception cref="DllNotFoundException">It is not there, or the system's loader refuses it.</exception>
    public void LoadNative(string name) =>
        NativeLibrary.Load(_resolver.ResolveUnmanagedDllToPath(name) ?? throw new DllNotFoundException($"{name} is not in the plug-in's folder."));

    protected override Assembly? Load(AssemblyName name)
    {
        if (name.Name == typeof(Device).Assembly.GetName().Name) return typeof(Device).Assembly;
        return _resolver.ResolveAssemblyToPath(name) is { } path ? LoadFromAssemblyPath(path) : null;
    }

    protected override nint LoadUnmanagedDll(string name) => _resolver.ResolveUnmanagedDllToPath(name) is { } path ? NativeLibrary.Load(path) : 0;
}
