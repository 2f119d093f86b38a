using Native = TorchSharp.torch.Tensor;

namespace Pilotage.Torch.Operators;

/// <summary>An operator of the Torch backend, in terms of libtorch's differentiable functions. One object for all calls; it has no state.</summary>
internal abstract class TorchOperator
{
    /// <summary>Computes the result, which is the tape's to dispose of; all else that it makes it disposes of itself.</summary>
    public abstract Native Apply(in TorchCall call);
}
