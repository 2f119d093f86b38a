using Pilotage.Numerics;
using Pilotage.Tensors;

namespace Pilotage.Distributions;

/// <summary>Standard Gumbel noise: the largest of log-probabilities plus such noise is a draw from them, and their order is a Plackett-Luce order.</summary>
/// <remarks>Yellott, "The relationship between Luce's choice axiom, Thurstone's theory and the double exponential distribution", 1977.</remarks>
public static class Gumbel
{
    // Half of the smallest positive uniform of 24 bits: a draw of 0 stays finite and below all others.
    private const float Smallest = 1f / (1 << 25);

    // The next float below 1, so that the noise is at most 16.7 whatever the uniforms came from.
    private const float Largest = 1 - 1f / (1 << 24);

    /// <summary>Turns a uniform number into noise: -log(-log u).</summary>
    /// <param name="uniform">In [0, 1).</param>
    /// <returns>A finite number. The same bits on every machine.</returns>
    public static double Noise(float uniform) => -Logarithm.Log(-Logarithm.Log(Math.Clamp(uniform, Smallest, Largest)));

    /// <summary>Turns uniform numbers into noise: -log(-log u).</summary>
    /// <param name="uniforms">In [0, 1), any shape.</param>
    /// <returns>The same shape; finite.</returns>
    public static Tensor Noise(Tensor uniforms) => -(-uniforms.Clamp(Smallest, Largest).Log()).Log();
}
