using Pilotage.Tensors;

namespace Pilotage.Networks;

/// <summary>An <see cref="Activation"/> where it cannot be fused with a linear layer.</summary>
internal static class Activating
{
    public static Tensor Activate(this Tensor x, Activation activation) => activation switch
    {
        Activation.None => x,
        Activation.Tanh => x.Tanh(),
        Activation.Relu => x.Relu(),
        Activation.Sigmoid => x.Sigmoid(),
        Activation.Silu => x.Silu(),
        Activation.Gelu => x.Gelu(),
        Activation.Selu => x.Selu(),
        Activation.Elu => x.Elu(),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "No such activation."),
    };
}
