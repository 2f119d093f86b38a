namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>What can be rented, and at which prices: pools of a type and a market each. Immutable and shared by all rows.</summary>
/// <remarks>Pools 0..K-1 are the types on demand, K..2K-1 the same types on the spot market.</remarks>
internal sealed class JobModel
{
    /// <param name="settings">Checked settings.</param>
    /// <param name="market">Spot prices of as many types as the settings name.</param>
    /// <exception cref="UserMistakeException">Settings contradict each other, or the market has other types.</exception>
    public JobModel(JobSettings settings, SpotMarket market)
    {
        var problems = settings.Problems().ToList();
        if (problems.Count == 0 && market.Prices.Count != settings.Speeds.Count)
            problems.Add(FormattableString.Invariant($"The spot prices are of {market.Prices.Count} machine type(s), speeds has {settings.Speeds.Count}. Give a price column for each type."));
        UserMistakeException.ThrowIfAny(problems);
        (Settings, Market) = (settings, market);
        Bids = [.. settings.PricesPerHour.Select(price => price * settings.BidShare)];
        CheapestWorkPrice = Enumerable.Range(0, Types).Min(type => settings.PricesPerHour[type] / settings.Speeds[type]);
        FastestSpeed = settings.Speeds.Max();
    }

    public JobSettings Settings { get; }

    public SpotMarket Market { get; }

    /// <summary>Number of machine types (K).</summary>
    public int Types => Settings.Speeds.Count;

    /// <summary>Number of pools: each type on demand, then each on the spot market.</summary>
    public int Pools => 2 * Types;

    /// <summary>Bid of each type, per hour.</summary>
    public double[] Bids { get; }

    /// <summary>Least on-demand price of one hour's work at speed 1.</summary>
    public double CheapestWorkPrice { get; }

    /// <summary>Speed of the fastest type.</summary>
    public double FastestSpeed { get; }

    /// <summary>Whether machines of a pool can be lost.</summary>
    public bool IsSpot(int pool) => pool >= Types;

    /// <summary>The type of a pool's machines.</summary>
    public int TypeOf(int pool) => pool % Types;

    /// <summary>Speed of a pool's machines.</summary>
    public double Speed(int pool) => Settings.Speeds[TypeOf(pool)];

    /// <summary>Price of a pool's machine for an hour, in a step of the market's history.</summary>
    public double Price(int pool, int marketStep) => IsSpot(pool) ? Market.Price(TypeOf(pool), marketStep) : Settings.PricesPerHour[pool];

    /// <summary>Whether a pool's machines run in a step: on demand always, on the spot market at a price up to the bid.</summary>
    public bool IsOffered(int pool, int marketStep) => !IsSpot(pool) || Price(pool, marketStep) <= Bids[TypeOf(pool)];

    /// <summary>Cost of an amount of work on the cheapest on-demand machines without any idle time: the unit of the reward.</summary>
    /// <param name="work">Seconds at speed 1.</param>
    public double ReferenceCost(double work) => work * CheapestWorkPrice / 3600;
}
