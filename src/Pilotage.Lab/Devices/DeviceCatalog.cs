using Pilotage.Tensors;

namespace Pilotage.Lab.Devices;

/// <summary>The devices that a run can name. The managed one is always there; the others come with the Torch plug-in, which is loaded at the first question for one.</summary>
/// <param name="pluginFolder">Folder of the plug-in; <see langword="null"/> to look in the usual places.</param>
/// <remarks>Not thread-safe. One catalog for a process: each loads the plug-in anew.</remarks>
public sealed class DeviceCatalog(string? pluginFolder = null)
{
    private TorchPlugin? _plugin;

    /// <summary>Names that <see cref="Find"/> knows, whether or not this machine has them.</summary>
    public static IReadOnlyList<string> Names { get; } = ["cpu", "torch", "cuda"];

    /// <summary>Finds a device.</summary>
    /// <param name="name">As typed; case does not count.</param>
    /// <returns>The device, ready to compute.</returns>
    /// <exception cref="UserMistakeException">There is no such device, or this machine lacks it; the message says how to add it.</exception>
    public Device Find(string name)
    {
        var known = Names.FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (known is null) throw Mistake($"--device is \"{name}\". Allowed: {string.Join(", ", Names)}.", "cpu is always there; torch and cuda come with the Torch plug-in.");
        if (known == "cpu") return Device.Managed;
        return Plugin(known).Find(known) ?? throw Mistake($"--device {known}: libtorch sees no GPU.", $"Use cpu or torch; for a GPU, build the plug-in with {TorchPlugin.CudaRemedy} on a machine that has one.");
    }

    /// <summary>Whether the Torch plug-in is there. Does not load it.</summary>
    public bool HasTorch => TorchPlugin.Locate(pluginFolder) is not null;

    /// <summary>libtorch on the processor, to compare the managed device with.</summary>
    /// <param name="threads">Threads of its operations, at least 1.</param>
    /// <returns>The device and the version of libtorch.</returns>
    /// <exception cref="UserMistakeException">The plug-in is not there or cannot be loaded; the message says what to do.</exception>
    public (Device Device, string Version) FindTorch(int threads)
    {
        var device = Find("torch");
        _plugin!.UseThreads(threads);       // after the device, which sets its own number when it is made
        return (device, _plugin.Version);
    }

    /// <summary>What a report says of where tensors were computed.</summary>
    /// <param name="device">Any device.</param>
    /// <returns><c>managed</c>, <c>torch</c> or <c>cuda</c>.</returns>
    public static string BackendOf(Device device) => device.Name == Device.Managed.Name ? "managed" : device.Name;

    private TorchPlugin Plugin(string wanted)
    {
        if (_plugin is not null) return _plugin;
        var folder = TorchPlugin.Locate(pluginFolder) ?? throw Mistake($"--device {wanted} needs the Torch plug-in, which is not there.", $"{TorchPlugin.Remedy} Looked in: {string.Join(", ", pluginFolder is null ? TorchPlugin.Places() : [pluginFolder])}.");
        return _plugin = TorchPlugin.Load(folder);
    }

    private static UserMistakeException Mistake(string what, string remedy) => new(new Mistake("PIL0409", what, "", remedy).ToString());
}
