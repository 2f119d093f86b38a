using System.Runtime.InteropServices;
using Pilotage.Environments;

namespace Pilotage.Experience;

/// <summary>Transitions that wait until they may enter a replay, in the order in which they came. Grows to what a round of play writes, then allocates nothing.</summary>
/// <param name="spec">Gives the sizes.</param>
internal sealed class WaitingTransitions(EnvironmentSpec spec) : ITransitionSink
{
    private readonly List<float> _observations = [];                                     // where each began, [count, size]
    private readonly List<float> _nextObservations = [];                                 // where each led, [count, size]
    private readonly List<bool> _nextLegal = [];
    private readonly List<int> _indices = [];
    private readonly List<float> _values = [];
    private readonly List<float> _rewards = [];
    private readonly List<float> _discounts = [];

    /// <summary>How many wait.</summary>
    public int Count => _rewards.Count;

    /// <summary>Bytes held at its fullest so far.</summary>
    public long Bytes => 4L * (_observations.Capacity + _nextObservations.Capacity + _indices.Capacity + _values.Capacity + _rewards.Capacity + _discounts.Capacity) + _nextLegal.Capacity;

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<float> observation, AgentAction action, float reward, float discount, ReadOnlySpan<float> next, ReadOnlySpan<bool> nextLegal)
    {
        _observations.AddRange(observation);
        _nextObservations.AddRange(next);
        _nextLegal.AddRange(nextLegal);
        _indices.AddRange(action.Indices);
        _values.AddRange(action.Values);
        _rewards.Add(reward);
        _discounts.Add(discount);
    }

    /// <summary>Writes all to a replay and is empty then.</summary>
    /// <param name="replay">Receives them.</param>
    public void MoveTo(ITransitionSink replay)
    {
        var (size, legal, indices, values) = (spec.ObservationSize, spec.Actions.LegalCount, spec.Actions.IndexCount, spec.Actions.ValueCount);
        for (var i = 0; i < Count; i++)
            replay.Add(
                Part(_observations, i, size), new(Part(_indices, i, indices), Part(_values, i, values)), _rewards[i], _discounts[i], Part(_nextObservations, i, size), Part(_nextLegal, i, legal));
        _observations.Clear();
        _nextObservations.Clear();
        _nextLegal.Clear();
        _indices.Clear();
        _values.Clear();
        _rewards.Clear();
        _discounts.Clear();
    }

    private static ReadOnlySpan<T> Part<T>(List<T> all, int place, int width) => CollectionsMarshal.AsSpan(all).Slice(place * width, width);
}
