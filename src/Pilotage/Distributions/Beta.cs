using Pilotage.Numerics;
using Pilotage.Tensors;

namespace Pilotage.Distributions;

/// <summary>Independent beta distributions, one per dimension, on [low, high]: bounded actions without clipping or squashing. Not reparameterised: use likelihood-ratio gradients.</summary>
/// <remarks>
/// Chou et al., "Improving stochastic policy gradients in continuous control with deep reinforcement learning using the beta distribution", ICML 2017, eq. 8.
/// alpha and beta above 1 give one peak inside; <see cref="Concentration"/> makes such numbers of a network's outputs.
/// </remarks>
public static class Beta
{
    // 2^-20 of the width: at the ends the density is 0 or infinite, and sixteen spacings of floats below 1 keep 1 - x accurate to 6 %.
    private const float Margin = 1f / (1 << 20);

    /// <summary>alpha or beta from a network's output: 1 + log(1 + exp(x)), the smallest that keep the density finite and single-peaked.</summary>
    /// <param name="output">Any real numbers, any shape.</param>
    /// <returns>Above 1, the same shape.</returns>
    public static Tensor Concentration(Tensor output) => output.Softplus() + 1f;

    /// <summary>Log-density of points.</summary>
    /// <param name="alpha">Above 0, [rows, dimensions].</param>
    /// <param name="beta">Above 0, [rows, dimensions].</param>
    /// <param name="points">In [low, high], [rows, dimensions]; taken as at least 2^-20 of the width away from either end.</param>
    /// <param name="low">Lower ends, [dimensions] or a scalar; default for 0.</param>
    /// <param name="high">Upper ends, [dimensions] or a scalar; default for 1.</param>
    /// <returns>[rows]; sums over the dimensions.</returns>
    public static Tensor LogProbability(Tensor alpha, Tensor beta, Tensor points, Tensor low = default, Tensor high = default)
    {
        var (start, width) = Support(low, high);
        var x = ((points - start) / width).Clamp(Margin, 1 - Margin);
        return ((alpha - 1f) * x.Log() + (beta - 1f) * (1f - x).Log() - LogNormalizer(alpha, beta) - width.Log()).Sum(-1);
    }

    /// <summary>Differential entropy, in nats.</summary>
    /// <param name="alpha">Above 0, [rows, dimensions].</param>
    /// <param name="beta">Above 0, [rows, dimensions].</param>
    /// <param name="low">Lower ends, [dimensions] or a scalar; default for 0.</param>
    /// <param name="high">Upper ends, [dimensions] or a scalar; default for 1.</param>
    /// <returns>[rows]; sums over the dimensions; at most the logarithm of the box's volume.</returns>
    public static Tensor Entropy(Tensor alpha, Tensor beta, Tensor low = default, Tensor high = default)
    {
        var total = alpha + beta;
        return (LogNormalizer(alpha, beta) - (alpha - 1f) * alpha.Digamma() - (beta - 1f) * beta.Digamma() + (total - 2f) * total.Digamma() + Support(low, high).Width.Log()).Sum(-1);
    }

    /// <summary>Kullback-Leibler divergence KL(p, q), in nats, of two on the same box.</summary>
    /// <param name="alpha">Of p, [rows, dimensions].</param>
    /// <param name="beta">Of p, [rows, dimensions].</param>
    /// <param name="otherAlpha">Of q, [rows, dimensions].</param>
    /// <param name="otherBeta">Of q, [rows, dimensions].</param>
    /// <returns>[rows]; sums over the dimensions; at least 0 up to rounding.</returns>
    public static Tensor Kl(Tensor alpha, Tensor beta, Tensor otherAlpha, Tensor otherBeta)
    {
        var (alphaGap, betaGap) = (alpha - otherAlpha, beta - otherBeta);
        return (LogNormalizer(otherAlpha, otherBeta) - LogNormalizer(alpha, beta)
            + alphaGap * alpha.Digamma() + betaGap * beta.Digamma() - (alphaGap + betaGap) * (alpha + beta).Digamma()).Sum(-1);
    }

    /// <summary>The mean: low + (high - low) alpha / (alpha + beta).</summary>
    /// <param name="alpha">Above 0, [rows, dimensions].</param>
    /// <param name="beta">Above 0, [rows, dimensions].</param>
    /// <param name="low">Lower ends, [dimensions] or a scalar; default for 0.</param>
    /// <param name="high">Upper ends, [dimensions] or a scalar; default for 1.</param>
    /// <returns>[rows, dimensions].</returns>
    public static Tensor Mean(Tensor alpha, Tensor beta, Tensor low = default, Tensor high = default)
    {
        var (start, width) = Support(low, high);
        return start + width * (alpha / (alpha + beta));
    }

    /// <summary>The peak: low + (high - low) (alpha - 1) / (alpha + beta - 2).</summary>
    /// <param name="alpha">Above 1, [rows, dimensions].</param>
    /// <param name="beta">Above 1, [rows, dimensions].</param>
    /// <param name="low">Lower ends, [dimensions] or a scalar; default for 0.</param>
    /// <param name="high">Upper ends, [dimensions] or a scalar; default for 1.</param>
    /// <returns>[rows, dimensions].</returns>
    public static Tensor Mode(Tensor alpha, Tensor beta, Tensor low = default, Tensor high = default)
    {
        var (start, width) = Support(low, high);
        return start + width * ((alpha - 1f) / (alpha + beta - 2f));
    }

    /// <summary>Draws a number in [0, 1] as G(alpha) / (G(alpha) + G(beta)) from gamma numbers; scale it to the box.</summary>
    /// <param name="alpha">Above 0.</param>
    /// <param name="beta">Above 0.</param>
    /// <param name="random">Draws; how many times depends on what it draws.</param>
    /// <returns>The number; it rounds to an end only where concentrations are far below 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">alpha or beta is not a finite number above 0.</exception>
    /// <remarks>Gamma numbers by rejection: Marsaglia and Tsang, "A simple method for generating gamma variables", 2000. The same bits on every machine.</remarks>
    public static float Sample(float alpha, float beta, ref Randomness random)
    {
        ThrowUnlessPositive(alpha, nameof(alpha));
        ThrowUnlessPositive(beta, nameof(beta));
        // The quotient of logarithms: gamma numbers of small concentrations underflow.
        var difference = LogGammaNumber(beta, ref random) - LogGammaNumber(alpha, ref random);
        return (float)(1 / (1 + Exponential.Exp(Math.Clamp(difference, -700, 700))));
    }

    private static double LogGammaNumber(double shape, ref Randomness random)
    {
        // G(a) = G(a + 1) U^(1/a) brings shapes below 1 to where the rejection works.
        var boost = shape < 1 ? Logarithm.Log(1 - random.NextDouble()) / shape : 0;
        var d = (shape < 1 ? shape + 1 : shape) - 1.0 / 3;
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var normal = random.NextNormal();
            var root = 1 + c * normal;
            if (root <= 0) continue;
            var cube = root * root * root;
            var logCube = Logarithm.Log(cube);
            if (Logarithm.Log(1 - random.NextDouble()) < 0.5 * normal * normal + d * (1 - cube + logCube)) return Logarithm.Log(d) + logCube + boost;
        }
    }

    private static Tensor LogNormalizer(Tensor alpha, Tensor beta) => alpha.LogGamma() + beta.LogGamma() - (alpha + beta).LogGamma();

    private static (Tensor Start, Tensor Width) Support(Tensor low, Tensor high)
    {
        var start = low.IsNone ? Tensor.Filled(0) : low;
        return (start, (high.IsNone ? Tensor.Filled(1) : high) - start);
    }

    private static void ThrowUnlessPositive(float value, string name)
    {
        if (!(value > 0 && float.IsFinite(value))) throw new ArgumentOutOfRangeException(name, $"Beta: {name} is {value}; it must be a finite number above 0.");
    }
}
