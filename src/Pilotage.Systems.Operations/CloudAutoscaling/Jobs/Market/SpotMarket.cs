namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>Spot prices of each machine type over time, one per step. Immutable and shared by all rows.</summary>
/// <param name="Prices">[type][step], per hour, above 0; all types equally long.</param>
internal sealed record SpotMarket(IReadOnlyList<double[]> Prices)
{
    /// <summary>Steps for which prices are known.</summary>
    public int Steps => Prices[0].Length;

    /// <summary>Price of a type in a step; beyond the end, the history is read from its beginning again.</summary>
    public double Price(int type, int step) => Prices[type][step % Steps];

    /// <summary>Part of the history: to train on one and to test on another.</summary>
    public SpotMarket Slice(int start, int length) => new([.. Prices.Select(path => path.AsSpan(start, length).ToArray())]);

    /// <summary>Draws a history: log prices that return to their mean, with upward jumps.</summary>
    /// <param name="settings">Mean, reversion, volatility, jumps.</param>
    /// <param name="steps">Length.</param>
    /// <param name="seeds">The only source of randomness; each type has its own branch.</param>
    /// <remarks>x += kappa (m - x) + sigma z + J, z standard normal, J exponential with the mean height and the given probability; price = on-demand price exp x.</remarks>
    public static SpotMarket Draw(JobSettings settings, int steps, SeedTree seeds)
    {
        var mean = Numerics.Logarithm.Log(settings.SpotShare);
        return new([.. settings.PricesPerHour.Select((onDemand, type) =>
        {
            var random = seeds.Branch(type).Start();
            var (x, path) = (mean, new double[steps]);
            for (var t = 0; t < steps; t++)
            {
                x += settings.SpotReversion * (mean - x) + settings.SpotVolatility * random.NextNormal();
                if (random.NextDouble() < settings.SpotJumpProbability) x -= settings.SpotJumpHeight * Numerics.Logarithm.Log(1 - random.NextDouble());
                path[t] = onDemand * Numerics.Exponential.Exp(x);
            }
            return path;
        })]);
    }
}
