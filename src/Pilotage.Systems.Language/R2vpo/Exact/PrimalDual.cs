using Pilotage.Numerics;
using Pilotage.Training;

namespace Pilotage.Systems.Language.R2vpo;

/// <summary>The method's two steps on exact expectations: ascent of the multiplier, with the policy solved for it or following in small steps.</summary>
internal static class PrimalDual
{
    /// <summary>For each multiplier the policy is the best one.</summary>
    /// <param name="bandit">The decision.</param>
    /// <param name="dual">The multiplier.</param>
    /// <param name="steps">How many steps of ascent, at least 1.</param>
    /// <param name="ratios">Receives the last r.</param>
    public static void SolveThenAscend(Bandit bandit, DualVariable dual, int steps, Span<double> ratios)
    {
        for (var i = 0; i < steps; i++)
        {
            VarianceStep.Ascend(bandit, dual.Value, ratios);
            dual.Ascend(bandit.Variance(ratios));
        }
    }

    /// <summary>For each multiplier the policy takes one natural gradient step: logits rise by alpha (A - 2 lambda (r - 1)).</summary>
    /// <param name="bandit">The decision.</param>
    /// <param name="dual">The multiplier.</param>
    /// <param name="stepSize">alpha, above 0; well below 1 / lambda.</param>
    /// <param name="steps">How many steps of both.</param>
    /// <param name="ratios">Receives the last r; begins at 1.</param>
    public static void StepThenAscend(Bandit bandit, DualVariable dual, double stepSize, int steps, Span<double> ratios)
    {
        ratios.Fill(1);
        for (var i = 0; i < steps; i++)
        {
            var sum = 0.0;
            for (var a = 0; a < bandit.Count; a++)
            {
                ratios[a] *= Exponential.Exp(stepSize * (bandit.Advantages[a] - 2 * dual.Value * (ratios[a] - 1)));
                sum += bandit.Probabilities[a] * ratios[a];
            }
            for (var a = 0; a < bandit.Count; a++) ratios[a] /= sum;
            dual.Ascend(bandit.Variance(ratios));
        }
    }
}
