namespace Pilotage.Systems.Language.Rec;

/// <summary>Whether a training ended in ruin.</summary>
internal static class Collapse
{
    private const double LeastEntropy = 0.01;
    private const int Falling = 30;

    /// <summary>Success at the end below that at the start; or an entropy below 1 % of the start's while rewards fell over 30 steps; or numbers that are not finite.</summary>
    /// <param name="start">pass@1 of the warm start.</param>
    /// <param name="end">pass@1 at the end.</param>
    /// <param name="entropies">Of each step.</param>
    /// <param name="rewards">Mean reward of each step's answers.</param>
    /// <param name="stopped">Whether training stopped at a number that was not finite.</param>
    /// <returns>Whether it collapsed.</returns>
    public static bool Happened(double start, double end, IReadOnlyList<double> entropies, IReadOnlyList<double> rewards, bool stopped)
    {
        if (stopped || end < start) return true;
        for (var step = Falling; step < Math.Min(entropies.Count, rewards.Count); step++)
        {
            if (entropies[step] < LeastEntropy * entropies[0] && Slope(rewards, step - Falling, step) < 0) return true;
        }
        return false;
    }

    // Least squares: a fall that single steps of noise neither make nor hide.
    private static double Slope(IReadOnlyList<double> values, int first, int last)
    {
        var (middle, slope) = ((first + last) / 2.0, 0.0);
        for (var i = first; i <= last; i++) slope += (i - middle) * values[i];
        return slope;
    }
}
