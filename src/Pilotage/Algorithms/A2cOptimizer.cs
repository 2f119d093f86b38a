namespace Pilotage.Algorithms;

/// <summary>What turns the gradients of <see cref="A2c"/> into steps.</summary>
public enum A2cOptimizer : byte
{
    /// <summary><see cref="Tensors.RmsProp"/>: as in the paper. Its first steps are long, since the mean square begins at zero.</summary>
    RmsProp,

    /// <summary><see cref="Tensors.Adam"/>.</summary>
    Adam,
}
