using Pilotage.Experience;

namespace Pilotage.Lab.Rollouts;

/// <summary>The way from one training to the workers of its rollouts and back. May lose, repeat and delay: the <see cref="RolloutLedger"/> stands behind it.</summary>
/// <remarks>Called by the training's thread alone.</remarks>
public interface IRolloutChannel : IDisposable
{
    /// <summary>Lays weights out for workers to fetch, once each, when a task names a version that they lack.</summary>
    /// <param name="version">Of the weights.</param>
    /// <param name="weights">Not changed afterwards.</param>
    void Share(long version, ReadOnlyMemory<byte> weights);

    /// <summary>No later task names this version.</summary>
    /// <param name="version">Shared before.</param>
    void Forget(long version);

    /// <summary>Sends a task to whichever worker is free.</summary>
    /// <param name="task">Not changed afterwards; may be sent again after a loss.</param>
    void Submit(RolloutTask task);

    /// <summary>Waits for the next answer: to any task, maybe to one that was answered before.</summary>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="RunFailedException">There is nobody left who could answer.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    RolloutReply Next(CancellationToken cancellation);
}
