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
    public static Tensor Huber(Tensor values, Tensor targets, float threshold = 1)
    {
        var error = (values - targets).Abs();
        var limited = error.Clamp(0, threshold);
        return (limited * (error - limited * 0.5f)).Mean();
    }
}
