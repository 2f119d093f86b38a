using Pilotage.Tensors;

namespace Pilotage.Objectives;

/// <summary>Losses between predicted and target values.</summary>
public static class ValueLoss
{
    /// <summary>Half the mean squared error; its gradient per row is (v - target) / rows.</summary>
    /// <param name="values">Predictions, [rows].</param>
    /// <param name="targets">Targets, [rows]; constants.</param>
    /// <returns>A scalar.</returns>
    public static Tensor Squared(Tensor values, Tensor targets) => (values - targets).Square().Mean() * 0.5f;

    /// <summary>Mean Huber loss: quadratic within <paramref name="threshold"/>, linear beyond, so that one surprise cannot dominate a minibatch.</summary>
    /// <param name="values">Predictions, [rows].</param>
    /// <param name="targets">Targets, [rows]; constants.</param>
    /// <param name="threshold">Where the loss turns linear, above 0; 1 is usual.</param>
    /// <returns>A scalar.</returns>
    /// <remarks>With c = min(|e|, threshold): c (|e| - c / 2), which is e²/2 inside and threshold (|e| - threshold/2) outside.</remarks>
    public static Tensor Huber(Tensor values, Tensor targets, float threshold = 1) => HuberOfEach(values, targets, threshold).Mean();

    /// <summary>Mean of weighted Huber losses. The weights are not normalised: all 1 gives <see cref="Huber"/>.</summary>
    /// <param name="values">Predictions, [rows].</param>
    /// <param name="targets">Targets, [rows]; constants.</param>
    /// <param name="weights">How much each row counts, [rows]; constants.</param>
    /// <param name="threshold">Where the loss turns linear, above 0; 1 is usual.</param>
    /// <returns>A scalar.</returns>
    /// <remarks>The use for prioritised replay: arXiv:1511.05952, Algorithm 1, line 13.</remarks>
    public static Tensor WeightedHuber(Tensor values, Tensor targets, Tensor weights, float threshold = 1) => (weights * HuberOfEach(values, targets, threshold)).Mean();

    private static Tensor HuberOfEach(Tensor values, Tensor targets, float threshold)
    {
        var error = (values - targets).Abs();
        var limited = error.Clamp(0, threshold);
        return limited * (error - limited * 0.5f);
    }
}
