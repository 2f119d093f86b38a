using Pilotage.Numerics;

namespace Pilotage.Systems.Language.R2vpo;

/// <summary>One decision with known values: what an update of a policy looks like when nothing is estimated.</summary>
internal sealed class Bandit
{
    private static readonly double[] Bounds = [0.01, 0.04, 0.16, 0.5];

    /// <summary>Takes over a decision.</summary>
    /// <param name="probabilities">pi_b, above 0, sum 1.</param>
    /// <param name="values">Q.</param>
    /// <param name="bound">delta, what the ratio's variance may be; above 0.</param>
    public Bandit(double[] probabilities, double[] values, double bound)
    {
        var mean = probabilities.Zip(values, (p, value) => p * value).Sum();
        (Probabilities, Advantages, Bound) = (probabilities, [.. values.Select(value => value - mean)], bound);
        BestFirst = [.. Enumerable.Range(0, values.Length).OrderByDescending(a => values[a])];
    }

    /// <summary>pi_b.</summary>
    public double[] Probabilities { get; }

    /// <summary>A = Q - E Q, mean 0 under pi_b.</summary>
    public double[] Advantages { get; }

    /// <summary>delta.</summary>
    public double Bound { get; }

    /// <summary>The actions, best first; equal ones stand side by side.</summary>
    public int[] BestFirst { get; }

    /// <summary>Actions.</summary>
    public int Count => Probabilities.Length;

    /// <summary>Draws 2 to 20 actions, a policy uniform on the simplex, normal values in units of their deviation, and one of four bounds. In one of four, where there are three actions or more, the two first tie.</summary>
    /// <param name="random">Drawn from.</param>
    public static Bandit Draw(ref Randomness random)
    {
        var count = 2 + random.NextInt(19);
        var (probabilities, values) = (new double[count], new double[count]);
        for (var a = 0; a < count; a++)
        {
            probabilities[a] = -Logarithm.Log(1 - random.NextDouble()) + 1e-6;
            values[a] = random.NextNormal();
        }
        if (random.NextInt(4) == 0 && count > 2) values[1] = values[0];
        var sum = probabilities.Sum();
        for (var a = 0; a < count; a++) probabilities[a] /= sum;
        var advantages = new Bandit(probabilities, values, 1).Advantages;
        var deviation = Math.Sqrt(probabilities.Zip(advantages, (p, advantage) => p * advantage * advantage).Sum());
        return new(probabilities, [.. advantages.Select(advantage => advantage / deviation)], Bounds[random.NextInt(Bounds.Length)]);
    }

    /// <summary>What an update gains: E[r A].</summary>
    /// <param name="ratios">r, one for each action.</param>
    public double Gain(ReadOnlySpan<double> ratios)
    {
        var sum = 0.0;
        for (var a = 0; a < Count; a++) sum += Probabilities[a] * ratios[a] * Advantages[a];
        return sum;
    }

    /// <summary>E[(r - 1)^2].</summary>
    /// <param name="ratios">r, one for each action.</param>
    public double Variance(ReadOnlySpan<double> ratios)
    {
        var sum = 0.0;
        for (var a = 0; a < Count; a++) sum += Probabilities[a] * (ratios[a] - 1) * (ratios[a] - 1);
        return sum;
    }

    /// <summary>KL(pi, pi_b) = E[r ln r], in nats.</summary>
    /// <param name="ratios">r, one for each action; 0 counts 0.</param>
    public double Divergence(ReadOnlySpan<double> ratios)
    {
        var sum = 0.0;
        for (var a = 0; a < Count; a++) if (ratios[a] > 0) sum += Probabilities[a] * ratios[a] * Logarithm.Log(ratios[a]);
        return sum;
    }
}
