using System.Collections.Concurrent;
using Pilotage.Tensors.Kernels;

namespace Pilotage.Tensors;

/// <summary>Where tensors live and who computes them. The managed processor device is always there.</summary>
public abstract class Device
{
    private protected Device() { }

    /// <summary>This process's own kernels on the processor: no native library, the same bits on every x64 machine.</summary>
    public static Device Managed { get; } = new ManagedDevice();

    private static readonly ConcurrentDictionary<int, Lazy<Device>> Processors = new();

    /// <summary>Name as on the command line: <c>cpu</c>, <c>torch</c>, <c>cuda</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The managed device with several threads inside large products. The bits are the same as with one.</summary>
    /// <param name="threads">Threads that work on one product, the caller's among them; 1 to 1024. 1 is <see cref="Managed"/>.</param>
    /// <returns>The one device of that many threads in this process.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 1 or more than 1024 threads.</exception>
    /// <remarks>Pays where matrices have some hundred rows and columns and cores are free. Policies of 64 units are faster with one thread, and many runs at once with one thread each.</remarks>
    public static Device Processor(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threads, 1024);
        return threads == 1 ? Managed : Processors.GetOrAdd(threads, count => new(() => new ManagedDevice(new Workers(count)))).Value;
    }

    /// <summary>Threads that may work for it at the same time, the caller's among them.</summary>
    internal virtual int Threads => 1;

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

        internal override int Threads => inner.Threads;

        internal override Tape CreateTape() => inner.CreateTape();
    }
}
