using Pilotage.Algorithms;
using Pilotage.Policies;

namespace Pilotage.Systems.Control.Stac;

/// <summary>The library's <see cref="Sac"/> as the value-error probe sees it.</summary>
internal sealed class SacCritic(Sac sac) : ISoftCritic
{
    /// <inheritdoc/>
    public SquashedActor Actor => sac.Actor;

    /// <inheritdoc/>
    public double Temperature => sac.Temperature;

    /// <inheritdoc/>
    public void Estimate(ReadOnlySpan<float> observations, ReadOnlySpan<float> unitActions, Span<float> values) => sac.Estimate(observations, unitActions, values);
}
