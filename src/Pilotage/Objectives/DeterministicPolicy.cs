using Pilotage.Tensors;

namespace Pilotage.Objectives;

/// <summary>What learners of deterministic policies need: the actor's loss, and next actions that are blurred so that a critic's sharp peaks do not count.</summary>
public static class DeterministicPolicy
{
    /// <summary>Loss of the actor: minus the mean value of what it does, with actions that carry its gradient.</summary>
    /// <param name="values">Q(s, pi(s)), [rows].</param>
    /// <returns>A scalar.</returns>
    /// <remarks>arXiv:1509.02971, eq. 6, with the sign of a loss.</remarks>
    public static Tensor Loss(Tensor values) => -values.Mean();

    /// <summary>Actions with noise of limited size: clip(a + clip(sigma e, -c, c), -1, 1).</summary>
    /// <param name="actions">a of the target policy, in [-1, 1], [rows, dimensions].</param>
    /// <param name="normals">e, standard normal numbers, [rows, dimensions].</param>
    /// <param name="deviation">sigma, at least 0, in the unit in which the box is [-1, 1].</param>
    /// <param name="limit">c, at least 0, in the same unit.</param>
    /// <returns>[rows, dimensions], in [-1, 1].</returns>
    /// <remarks>arXiv:1802.09477, eq. 14 and 15; the second clip is that of its authors' code.</remarks>
    public static Tensor Smooth(Tensor actions, Tensor normals, float deviation, float limit) => (actions + (normals * deviation).Clamp(-limit, limit)).Clamp(-1, 1);
}
