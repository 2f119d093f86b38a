using Pilotage.Tensors;
using static TorchSharp.torch;
using Device = Pilotage.Tensors.Device;

namespace Pilotage.Torch;

/// <summary>What the tool sees of this plug-in. It finds the type by its name; signatures hold base types and those of the library alone.</summary>
public static class TorchDevices
{
    /// <summary>libtorch's own variable for its number of threads; without it, one.</summary>
    private const string ThreadsVariable = "OMP_NUM_THREADS";

    private static readonly Lazy<TorchDevice> Processor = new(() =>
    {
        // libtorch's threads spin while they wait for each other: on two busy cores an update of a small network took 12 times as long with two as with one.
        // Trials of a study take a core each anyway. Whoever trains one large model asks for more.
        if (Environment.GetEnvironmentVariable(ThreadsVariable) is not { Length: > 0 }) set_num_threads(1);
        return new("torch", CPU, ScalarType.Float32);
    });
    private static readonly Lazy<TorchDevice> Graphics = new(() => new("cuda", CUDA, ScalarType.Float32));

    /// <summary>A device by the name that the command line gives it.</summary>
    /// <param name="name"><c>torch</c> for libtorch on the processor, <c>cuda</c> for the first GPU.</param>
    /// <returns>The device; <see langword="null"/> if there is none of this name on this machine.</returns>
    /// <exception cref="TypeInitializationException">libtorch cannot be loaded.</exception>
    public static Device? Find(string name) => name switch
    {
        "torch" => Processor.Value,
        "cuda" when HasCuda => Graphics.Value,
        _ => null,
    };

    /// <summary>Sets libtorch's number of threads, whatever its own variable says: for comparisons on equal terms.</summary>
    /// <param name="count">At least 1.</param>
    /// <exception cref="TypeInitializationException">libtorch cannot be loaded.</exception>
    public static void UseThreads(int count) => set_num_threads(count);

    /// <summary>Version of libtorch: <c>2.10.0</c>.</summary>
    /// <exception cref="TypeInitializationException">libtorch cannot be loaded.</exception>
    public static string Version => System.Version.Parse(__version__).ToString(fieldCount: 3);

    /// <summary>Whether libtorch sees a GPU.</summary>
    /// <exception cref="TypeInitializationException">libtorch cannot be loaded.</exception>
    public static bool HasCuda => cuda.is_available();

    /// <summary>The processor in float64, for tests that hold formulas to more digits than float32 has. Parameters stay float32.</summary>
    internal static TorchDevice Double(Action<Parameter, ReadOnlyMemory<double>>? gradientMade = null) => new("torch64", CPU, ScalarType.Float64) { GradientMade = gradientMade };
}
