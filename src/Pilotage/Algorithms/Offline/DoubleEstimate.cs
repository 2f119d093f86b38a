using Pilotage.Credit;
using Pilotage.Policies;
using Pilotage.Tensors;

namespace Pilotage.Algorithms.Offline;

/// <summary>y = r + d Q(s', argmax over legal a' of Q(s', a'; theta); theta-): what double Q-learning and conservative Q-learning regress on.</summary>
/// <remarks>arXiv:1509.06461, eq. 4.</remarks>
/// <param name="online">theta.</param>
/// <param name="target">theta-.</param>
/// <param name="size">M.</param>
internal sealed class DoubleEstimate(QNetwork online, QNetwork target, int size)
{
    private readonly float[] _values = new float[size * online.ActionCount];
    private readonly int[] _best = new int[size];
    private readonly float[] _targets = new float[size];

    public void Prepare(OfflineBatch batch)
    {
        online.Values(batch.NextObservations, _values);
        OfflineNetworks.Best(_values, batch.NextLegal, _best);
        target.Values(batch.NextObservations, _values);
        NextActionTargets.Compute(batch.Rewards, batch.Discounts, _values, _best, _targets);
    }

    /// <summary>y in the open step, [M].</summary>
    public Tensor Targets() => Tensor.From(_targets, size);
}
