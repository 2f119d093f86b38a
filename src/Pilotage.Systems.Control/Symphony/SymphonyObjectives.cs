using Pilotage.Tensors;

namespace Pilotage.Systems.Control.Symphony;

/// <summary>The terms of the one loss, as functions of tensors.</summary>
/// <remarks>Source: the authors' code of arXiv:2512.10477.</remarks>
internal static class SymphonyObjectives
{
    private const float LeastAverage = 1e-6f;

    /// <summary>Memory of the moving average (alpha): the golden ratio's smaller part, (sqrt(5) - 1) / 2.</summary>
    private static readonly float Memory = (float)SymphonyAdam.FirstDecay;

    /// <summary>Temporal advantage: how far a value lies above its moving average, in units of that average's size.</summary>
    /// <param name="value">q', any shape. The gradient flows through it once: the average is held constant.</param>
    /// <param name="average">EMA before this update.</param>
    /// <returns>(q' - e) / |e| and e = alpha EMA + (1 - alpha) q', both of the shape of q'. |e| is kept at 1e-6 or more.</returns>
    public static (Tensor Advantage, Tensor Average) TemporalAdvantage(Tensor value, float average)
    {
        var moved = Memory * average + (1 - Memory) * value.Detach();
        return ((value - moved) / Tensor.Maximum(moved.Abs(), Tensor.Filled(LeastAverage)), moved);
    }

    /// <summary>Rectified Huber symmetric error: mean of e tanh(e/2). About e²/2 near 0 and |e| far from it.</summary>
    /// <param name="error">e, any shape.</param>
    /// <returns>A scalar, at least 0.</returns>
    public static Tensor SymmetricError(Tensor error) => (error * (0.5f * error).Tanh()).Mean();

    /// <summary>Rectified Huber asymmetric error: mean of |e| tanh(e/2). Keeps the sign: small advantages count little, large ones by their size.</summary>
    /// <param name="error">e, any shape.</param>
    /// <returns>A scalar of either sign.</returns>
    public static Tensor AsymmetricError(Tensor error) => (error.Abs() * (0.5f * error).Tanh()).Mean();

    /// <summary>Swaddling: mean of O(x^(1/k)) + k o(x) + O(k²) with O(x) = log((1 + x)/(1 - x)), o(x) = x log x. k is held constant in the exponent.</summary>
    /// <param name="scale">x, in (0, 1).</param>
    /// <param name="beta">k, in (0, 1), of the same shape.</param>
    /// <returns>A scalar. Smallest, -0.0169, at about x = 0.364, k = 0.091; without bound as x or k come near 1.</returns>
    public static Tensor Swaddle(Tensor scale, Tensor beta)
    {
        var logScale = scale.Log();
        var power = (logScale * (1f / beta.Detach())).Exp();                              // x^(1/k)
        return (LogRatio(power) + beta * (scale * logScale) + LogRatio(beta.Square())).Mean();
    }

    private static Tensor LogRatio(Tensor x) => x.Log1p() - (-x).Log1p();                 // O
}
