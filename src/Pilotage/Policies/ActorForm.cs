using Pilotage.Networks;

namespace Pilotage.Policies;

/// <summary>What the network of a <see cref="SquashedActor"/> has besides linear layers and activations. The default is that of arXiv:1812.05905.</summary>
public sealed record ActorForm
{
    /// <summary>Of each hidden layer, before its activation.</summary>
    public Normalization Normalization { get; init; }

    /// <summary>Probability that a hidden number is dropped while training, in [0, 1). Acting never drops any. Usual 0 to 0.01.</summary>
    public float Dropout { get; init; }

    /// <summary>How the second half of the outputs becomes standard deviations.</summary>
    public DeviationForm Deviation { get; init; }
}
