namespace Pilotage.Tensors;

/// <summary>Where tensors live and who computes them. The managed processor device is always there.</summary>
public abstract class Device
{
    private protected Device() { }

    /// <summary>This process's own kernels on the processor: no native library, the same bits on every x64 machine.</summary>
    public static Device Managed { get; } = new ManagedDevice();

    /// <summary>Name as on the command line: <c>cpu</c>, <c>torch</c>, <c>cuda</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Whether every operation's result is looked at for NaN and infinities.</summary>
    internal virtual bool ChecksNumbers => false;

    /// <summary>The same device in a slow mode for finding errors: the first operation whose result is not finite throws <see cref="RunFailedException"/> and is named.</summary>
    /// <returns>A device of the same name.</returns>
    public Device WithNumberChecks() => ChecksNumbers ? this : new NumberCheckingDevice(this);

    internal abstract Tape CreateTape();

    private sealed class NumberCheckingDevice(Device inner) : Device
    {
        public override string Name => inner.Name;

        internal override bool ChecksNumbers => true;

        internal override Tape CreateTape() => inner.CreateTape();
    }
}
