namespace Pilotage.Systems;

/// <summary>Computes the independent parts of an application: one after the other, or by workers.</summary>
/// <remarks>
/// A worker runs the same application up to the call of <see cref="Compute"/>, computes the one part that it was asked for, and stops. So an application calls it once at most, early, and does
/// nothing before it that it would not want to be done again.
/// </remarks>
public interface IApplyParts
{
    /// <summary>Computes all parts.</summary>
    /// <param name="parts">What is to be computed; the same parts in the same order for the same request.</param>
    /// <param name="ended">Told how many have ended, from 0 on, one call at a time.</param>
    /// <param name="cancellation">Stops within and between parts.</param>
    /// <returns>What each part gave, in their order.</returns>
    /// <exception cref="RunFailedException">A part failed, or nobody is left to compute it.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    IReadOnlyList<byte[]> Compute(IReadOnlyList<ApplyPart> parts, Action<int> ended, CancellationToken cancellation);
}
