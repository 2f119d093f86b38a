using Pilotage.Tensors.Kernels;

namespace Pilotage.Tensors;

/// <summary>The managed processor device.</summary>
/// <param name="workers">Threads that help its tapes with large products; null for none.</param>
internal sealed class ManagedDevice(Workers? workers = null) : Device
{
    public override string Name => "cpu";

    internal override Tape CreateTape() => new ManagedTape(workers);
}
