namespace Pilotage.Tensors;

/// <summary>Where tensors live and who computes them. The managed processor device is always there.</summary>
public abstract class Device
{
    private protected Device() { }

    /// <summary>This process's own kernels on the processor: no native library, the same bits on every x64 machine.</summary>
    public static Device Managed { get; } = new ManagedDevice();

    /// <summary>Name as on the command line: <c>cpu</c>, <c>torch</c>, <c>cuda</c>.</summary>
    public abstract string Name { get; }

    internal abstract Tape CreateTape();
}
