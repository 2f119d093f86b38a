namespace Pilotage.Systems.Language.R2vpo;

/// <summary>How steadily a training keeps its ratio's variance near the bound.</summary>
internal static class BoundKept
{
    /// <summary>Steps of the moving average, and those at the beginning that do not count.</summary>
    public const int Window = 20;

    /// <summary>Share of the steps after the first twenty whose moving average over twenty steps lies between two numbers.</summary>
    /// <param name="variances">After each step.</param>
    /// <param name="low">Lower end, included.</param>
    /// <param name="high">Upper end, included.</param>
    /// <returns>In [0, 1]; 0 where there are no more than twenty steps.</returns>
    public static double Share(IReadOnlyList<double> variances, double low, double high)
    {
        var (inside, all) = (0, 0);
        for (var end = Window + 1; end <= variances.Count; end++, all++)
        {
            var mean = variances.Skip(end - Window).Take(Window).Average();
            if (mean >= low && mean <= high) inside++;
        }
        return all == 0 ? 0 : (double)inside / all;
    }
}
