using Pilotage.Environments;

namespace Pilotage.Policies;

/// <summary>Lifts a rule for one row to a policy: the shortest way to bring the rule that decides today.</summary>
/// <remarks>The rule must be pure; where it is, the policy is deterministic and thread-safe.</remarks>
public sealed class RulePolicy : IPolicy
{
    private readonly DiscreteRule? _discrete;
    private readonly ContinuousRule? _continuous;
    private readonly CompositeRule? _composite;

    /// <summary>Lifts a rule for a space of one discrete choice.</summary>
    /// <param name="rule">Gives the action's index.</param>
    public RulePolicy(DiscreteRule rule) => _discrete = rule;

    /// <summary>Lifts a rule for a box.</summary>
    /// <param name="rule">Fills the action's values.</param>
    public RulePolicy(ContinuousRule rule) => _continuous = rule;

    /// <summary>Lifts a rule for any space: several choices, a composite one.</summary>
    /// <param name="rule">Fills the action's indices and values.</param>
    public RulePolicy(CompositeRule rule) => _composite = rule;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The rule is for another kind of action space.</exception>
    public void Act(FrameBatch frames, PolicyMemory memory, ref Randomness random, ActionBatch actions)
    {
        var (indexCount, valueCount) = (actions.Space.IndexCount, actions.Space.ValueCount);
        if (_discrete is not null ? actions.Space is not ActionSpace.Discrete : _continuous is not null && actions.Space is not ActionSpace.Box)
        {
            throw new ArgumentException($"A {(_discrete is null ? "continuous" : "discrete")} rule cannot act in a space of kind {actions.Space.GetType().Name}.", nameof(actions));
        }
        for (var row = 0; row < frames.Rows; row++)
        {
            if (!frames.IsActive(row)) continue;
            if (_discrete is not null) actions.Indices[row] = _discrete(frames.Observation(row), frames.LegalOf(row));
            else if (_continuous is not null) _continuous(frames.Observation(row), actions.Values.Slice(row * valueCount, valueCount));
            else _composite!(frames.Observation(row), frames.LegalOf(row), actions.Indices.Slice(row * indexCount, indexCount), actions.Values.Slice(row * valueCount, valueCount));
        }
    }
}
