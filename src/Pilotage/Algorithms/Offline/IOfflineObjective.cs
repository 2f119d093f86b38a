using Pilotage.Policies;
using Pilotage.Tensors;

namespace Pilotage.Algorithms.Offline;

/// <summary>What tells one offline algorithm from another: its networks, what it wants of a batch, how it acts. Sampling, descent and target copies are <see cref="OfflineLearner"/>'s.</summary>
public interface IOfflineObjective
{
    /// <summary>All that is trained.</summary>
    Parameters Parameters { get; }

    /// <summary>A copy that follows <see cref="Parameters"/> every so many updates; <see langword="null"/> if there is none.</summary>
    Parameters? Target { get; }

    /// <summary>The policy as it is evaluated. Shares the weights.</summary>
    IPortablePolicy Policy { get; }

    /// <summary>Whether it learns only from steps whose next action is known: steps at which the data were cut off are left out.</summary>
    bool NeedsNextAction { get; }

    /// <summary>Computes the constants of a batch, without gradient: targets, weights.</summary>
    /// <param name="batch">Just drawn.</param>
    /// <param name="random">For what the objective draws itself.</param>
    void Prepare(OfflineBatch batch, ref Randomness random);

    /// <summary>The loss, in the open step.</summary>
    /// <param name="batch">As in the last <see cref="Prepare"/>.</param>
    /// <returns>A scalar.</returns>
    Tensor Loss(OfflineBatch batch);
}
