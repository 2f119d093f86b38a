namespace Pilotage.Systems.Language.R2vpo;

/// <summary>A maximum of the clipped surrogate with exact expectations: of its many, one that moves least.</summary>
/// <remarks>
/// The surrogate is flat where r is above 1 + epsilon and A above 0, or r below 1 - epsilon and A below 0: nothing bounds how far a policy goes there. Where the positive actions can all have
/// 1 + epsilon, its maxima are all policies beyond both ends; this one has the least E[(r - 1)^2]: one side at its end, the other where the mass balances. Else all mass goes to positive
/// actions, the best first.
/// </remarks>
internal static class ClipStep
{
    /// <summary>Finds the ratios.</summary>
    /// <param name="bandit">The decision; its bound does not count.</param>
    /// <param name="radius">epsilon, in (0, 1).</param>
    /// <param name="ratios">Receives r, one for each action; sum of pi_b r is 1.</param>
    public static void Solve(Bandit bandit, double radius, Span<double> ratios)
    {
        var positive = 0.0;
        for (var a = 0; a < bandit.Count; a++) if (bandit.Advantages[a] > 0) positive += bandit.Probabilities[a];
        if (positive * (1 + radius) > 1)
        {
            FillBest(bandit, radius, ratios);
            return;
        }
        var up = Math.Max(radius, radius * (1 - positive) / positive);
        for (var a = 0; a < bandit.Count; a++) ratios[a] = bandit.Advantages[a] > 0 ? 1 + up : 1 - up * positive / (1 - positive);
    }

    private static void FillBest(Bandit bandit, double radius, Span<double> ratios)
    {
        var left = 1.0;
        ratios.Clear();
        foreach (var a in bandit.BestFirst)
        {
            ratios[a] = Math.Min(1 + radius, left / bandit.Probabilities[a]);
            left = Math.Max(0, left - ratios[a] * bandit.Probabilities[a]);
        }
    }

    /// <summary>The clipped surrogate, E[min(r A, clip(r) A)].</summary>
    /// <param name="bandit">The decision.</param>
    /// <param name="radius">epsilon.</param>
    /// <param name="ratios">r.</param>
    public static double Surrogate(Bandit bandit, double radius, ReadOnlySpan<double> ratios)
    {
        var sum = 0.0;
        for (var a = 0; a < bandit.Count; a++)
            sum += bandit.Probabilities[a] * Math.Min(ratios[a] * bandit.Advantages[a], Math.Clamp(ratios[a], 1 - radius, 1 + radius) * bandit.Advantages[a]);
        return sum;
    }
}
