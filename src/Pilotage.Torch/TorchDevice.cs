using Pilotage.Tensors;
using static TorchSharp.torch;
using Device = Pilotage.Tensors.Device;

namespace Pilotage.Torch;

/// <summary>A device that libtorch computes on. Results repeat on one machine and version; unlike the managed device's, they differ between machines.</summary>
internal sealed class TorchDevice(string name, TorchSharp.torch.Device place, ScalarType type) : Device
{
    public override string Name => name;

    /// <summary>Where its tensors lie.</summary>
    public TorchSharp.torch.Device Place => place;

    /// <summary>Float32; float64 where tests hold formulas to more digits.</summary>
    public ScalarType Type => type;

    /// <summary>Whether tensors can lie in the memory of <see cref="Parameters"/> themselves.</summary>
    public bool SharesMemory { get; } = place.type == TorchSharp.DeviceType.CPU && type == ScalarType.Float32;

    /// <summary>Told each gradient before it is rounded to the parameters' buffer; for tests in float64, where none is shared.</summary>
    public Action<Parameter, ReadOnlyMemory<double>>? GradientMade { get; init; }

    internal override Tape CreateTape() => new TorchTape(this);
}
