using Pilotage.Tensors;

namespace Pilotage.Workloads;

/// <summary>A gradient step of a size that the field uses: timed on every device, hashed on every machine, held against its memory estimate.</summary>
public interface IWorkload
{
    /// <summary>What is trained.</summary>
    Parameters Parameters { get; }

    /// <summary>Multiplications and additions of the matrix products of one step.</summary>
    double Flops { get; }

    /// <summary>Builds the loss in the open step.</summary>
    /// <returns>A scalar.</returns>
    Tensor Loss();

    /// <summary>Opens a step, builds the loss, descends.</summary>
    /// <returns>Loss and gradient norm.</returns>
    UpdateReport Run();
}
