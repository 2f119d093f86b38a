using Pilotage.Numerics;

namespace Pilotage.Algorithms.Evolution;

/// <summary>The constants of covariance matrix adaptation, from the number of parameters and the population alone.</summary>
/// <remarks>Source: Hansen, arXiv:1604.00772, table 1 and equations 49-58; for the diagonal form the covariance rates times (n + 2) / 3, Ros and Hansen, PPSN 2008.</remarks>
internal sealed class AdaptationConstants
{
    public AdaptationConstants(int parameters, int population, bool isDiagonal)
    {
        double n = parameters;
        var raw = new double[population];
        for (var i = 0; i < population; i++) raw[i] = Logarithm.Log((population + 1) / 2.0) - Logarithm.Log(i + 1);
        Parents = population / 2;
        var (positive, positiveSquares) = (raw[..Parents].Sum(), raw[..Parents].Sum(w => w * w));
        var (negative, negativeSquares) = (-raw[Parents..].Sum(Math.Abs), raw[Parents..].Sum(w => w * w));
        Mass = positive * positive / positiveSquares;

        StepDecay = (Mass + 2) / (n + Mass + 5);
        StepDamping = 1 + 2 * Math.Max(0, Math.Sqrt((Mass - 1) / (n + 1)) - 1) + StepDecay;
        PathDecay = (4 + Mass / n) / (n + 4 + 2 * Mass / n);
        var speed = isDiagonal ? (n + 2) / 3 : 1;
        RankOne = Math.Min(0.5, speed * 2 / ((n + 1.3) * (n + 1.3) + Mass));
        RankMany = Math.Min(1 - RankOne, speed * 2 * (0.25 + Mass + 1 / Mass - 2) / ((n + 2) * (n + 2) + Mass));
        ExpectedLength = Math.Sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n));

        var negativeMass = negativeSquares > 0 ? negative * negative / negativeSquares : 0;
        var limit = Math.Min(Math.Min(1 + RankOne / RankMany, 1 + 2 * negativeMass / (Mass + 2)), (1 - RankOne - RankMany) / (n * RankMany));      // keeps C positive definite
        Weights = [.. raw.Select((w, i) => i < Parents ? w / positive : negative == 0 ? 0 : limit * w / -negative)];
        LazyPeriod = Math.Max(1, (int)(1 / (10 * n * (RankOne + RankMany))));
    }

    /// <summary>mu: candidates that make the next mean.</summary>
    public int Parents { get; }

    /// <summary>w_i, by rank; they sum to 1 over the parents and are negative or 0 for the rest.</summary>
    public double[] Weights { get; }

    /// <summary>mu_eff: how many equally weighted parents would average as well.</summary>
    public double Mass { get; }

    /// <summary>c_sigma.</summary>
    public double StepDecay { get; }

    /// <summary>d_sigma.</summary>
    public double StepDamping { get; }

    /// <summary>c_c.</summary>
    public double PathDecay { get; }

    /// <summary>c_1.</summary>
    public double RankOne { get; }

    /// <summary>c_mu.</summary>
    public double RankMany { get; }

    /// <summary>Mean length of a standard normal vector.</summary>
    public double ExpectedLength { get; }

    /// <summary>Generations between two decompositions of the covariance.</summary>
    public int LazyPeriod { get; }
}
