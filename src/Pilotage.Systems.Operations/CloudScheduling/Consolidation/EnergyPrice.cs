namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>What energy costs beside full load and migrations: the multiplier of a limit on it, which climbs while the limit is broken (dual ascent).</summary>
/// <remarks>Altman, "Constrained Markov Decision Processes" (1999); for learners Tessler et al., arXiv:1805.11074: min over policies, max over lambda >= 0, of cost + lambda (energy - limit).</remarks>
/// <param name="first">Lambda at first, at least 0.</param>
/// <param name="limit">Energy that may be taken.</param>
/// <param name="rate">How fast lambda follows, at least 0.</param>
internal sealed class EnergyPrice(double first, double limit, double rate)
{
    /// <summary>Energy that may be taken, over the static rule's.</summary>
    public double Limit => limit;

    /// <summary>Lambda, at least 0.</summary>
    public double Value { get; private set; } = first;

    /// <summary>Follows what the policy takes.</summary>
    /// <param name="energy">Over the static rule's.</param>
    public void Follow(double energy) => Value = Math.Max(0, Value + rate * (energy - limit));
}
