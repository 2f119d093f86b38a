namespace Pilotage.Tensors;

/// <summary>The managed processor device.</summary>
internal sealed class ManagedDevice : Device
{
    public override string Name => "cpu";

    internal override Tape CreateTape() => new ManagedTape();
}
