using Pilotage.Policies;

namespace Pilotage.Systems.Control.Stac;

/// <summary>A learner of soft values as the value-error probe sees it.</summary>
internal interface ISoftCritic
{
    /// <summary>The policy that is valued.</summary>
    SquashedActor Actor { get; }

    /// <summary>What a nat of entropy is worth now (alpha).</summary>
    double Temperature { get; }

    /// <summary>What state-action pairs are worth in the critic's opinion: its mean, without pessimism.</summary>
    /// <param name="observations">[rows, size].</param>
    /// <param name="unitActions">In the actor's unit, [rows, dimensions].</param>
    /// <param name="values">Receives Q, [rows].</param>
    void Estimate(ReadOnlySpan<float> observations, ReadOnlySpan<float> unitActions, Span<float> values);
}
