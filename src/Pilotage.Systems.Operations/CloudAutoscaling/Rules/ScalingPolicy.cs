using Pilotage.Environments;
using Pilotage.Policies;

namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>Lets a rule act on frames: decodes them, and holds the wanted change to the action set that every policy has.</summary>
/// <param name="rule">The rule.</param>
/// <param name="model">Gives the units.</param>
/// <param name="layout">Of the frames that will be acted on.</param>
internal sealed class ScalingPolicy(IScalingRule rule, ServiceModel model, ObservationLayout layout) : IPolicy
{
    public IScalingRule Rule => rule;

    /// <inheritdoc/>
    public PolicyMemory CreateMemory(int rows) => new RuleMemory(rows, rule.MemorySize);

    /// <inheritdoc/>
    public void Act(FrameBatch frames, PolicyMemory memory, ref Randomness random, ActionBatch actions)
    {
        var remembered = (RuleMemory)memory;
        for (var row = 0; row < frames.Rows; row++)
        {
            if (!frames.IsActive(row)) continue;
            var wanted = rule.Change(new FleetView(frames.Observation(row), layout, model), remembered[row]);
            actions.Indices[row] = AutoscalingFleet.NearestLegal(AutoscalingFleet.ActionOf(wanted), frames.LegalOf(row));
        }
    }
}
