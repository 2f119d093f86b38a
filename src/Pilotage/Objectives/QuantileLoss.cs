using Pilotage.Tensors;

namespace Pilotage.Objectives;

/// <summary>The loss whose minimum is a distribution's quantiles.</summary>
public static class QuantileLoss
{
    /// <summary>Quantile Huber loss of each row: sum over predicted quantiles i of the mean over target samples j of |tau_i - 1{u &lt; 0}| L(u) / kappa, u = y_j - theta_i.</summary>
    /// <param name="quantiles">theta, predictions at the midpoints tau_i = (i + 1/2) / N, [rows, N].</param>
    /// <param name="targets">y, equally probable samples of the target, [rows, N']; constants. Need not be sorted.</param>
    /// <param name="threshold">kappa, at least 0: where the Huber loss L turns linear. 0 is quantile regression itself, |tau - 1{u &lt; 0}| |u|, whose gradient jumps at the minimum.</param>
    /// <returns>[rows].</returns>
    /// <exception cref="ArgumentException">The shapes do not fit, or the threshold is negative.</exception>
    /// <remarks>
    /// Dabney et al., arXiv:1710.10044, eq. 9, 10 and Algorithm 1. Divided by kappa as in the authors' next paper (arXiv:1806.06923, eq. 3), so that kappa near 0 goes over into 0; at
    /// the usual 1 it makes no difference.
    /// </remarks>
    public static Tensor Huber(Tensor quantiles, Tensor targets, float threshold = 1) => HuberAt(Midpoints(quantiles.Shape.Rank == 2 ? quantiles.Shape[1] : 0), quantiles, targets, threshold);

    /// <summary>The same loss for other levels than the midpoints.</summary>
    /// <param name="levels">tau, the share of the targets that should lie below each prediction, [N]; each in [0, 1].</param>
    /// <param name="quantiles">theta, [rows, N].</param>
    /// <param name="targets">y, [rows, N']; constants.</param>
    /// <param name="threshold">kappa, at least 0.</param>
    /// <returns>[rows].</returns>
    /// <exception cref="ArgumentException">The shapes do not fit, or the threshold is negative.</exception>
    public static Tensor HuberAt(Tensor levels, Tensor quantiles, Tensor targets, float threshold = 1)
    {
        if (quantiles.Shape.Rank != 2 || targets.Shape.Rank != 2 || quantiles.Shape[0] != targets.Shape[0])
            throw new ArgumentException($"QuantileLoss: quantiles {quantiles.Shape} and targets {targets.Shape} do not fit; wanted [rows, N] and [rows, N'].", nameof(targets));
        if (!(threshold >= 0)) throw new ArgumentException($"QuantileLoss: the threshold is {threshold}; it must be at least 0.", nameof(threshold));
        var (rows, count) = (quantiles.Shape[0], quantiles.Shape[1]);
        var error = targets.Reshape(rows, 1, targets.Shape[1]) - quantiles.Reshape(rows, count, 1);    // u, [rows, N, N']
        if (levels.Shape.Rank != 1 || levels.Shape[0] != count) throw new ArgumentException($"QuantileLoss: levels {levels.Shape} do not fit quantiles {quantiles.Shape}; wanted [{count}].", nameof(levels));
        var tau = levels.Reshape(count, 1);
        var weight = Tensor.Where(error.IsLess(Tensor.Filled(0)), 1f - tau, tau);                        // |tau - 1{u < 0}|
        var size = error.Abs();
        var limited = size.Clamp(0, threshold);
        var loss = threshold == 0 ? size : limited * (size - limited * 0.5f) / threshold;                // L / kappa
        return (weight * loss).Mean(-1).Sum(-1);
    }

    /// <summary>The midpoints tau_i = (i + 1/2) / N of N equal shares of probability (eq. 8 and lemma 2 of the source).</summary>
    /// <param name="count">N, at least 1.</param>
    /// <returns>[N].</returns>
    public static Tensor Midpoints(int count) => Levels(count, 0.5f);

    /// <summary>The upper ends tau_i = (i + 1) / N of N equal shares of probability: what some published code has in the place of the midpoints. The last quantile is pulled up without end.</summary>
    /// <param name="count">N, at least 1.</param>
    /// <returns>[N].</returns>
    public static Tensor UpperEnds(int count) => Levels(count, 1);

    private static Tensor Levels(int count, float within)
    {
        Span<float> levels = stackalloc float[Math.Min(count, 1024)];
        if (count > levels.Length) levels = new float[count];
        for (var i = 0; i < count; i++) levels[i] = (i + within) / count;
        return Tensor.From(levels, count);
    }
}
