using Pilotage.Environments;
using Pilotage.Policies;

namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>Lets a rule act on the rows of one fleet, of several choices: looks at the running jobs, and holds the wanted additions to what is legal.</summary>
/// <param name="rule">The rule.</param>
/// <param name="fleet">The fleet whose frames will be acted on.</param>
internal sealed class JobRulePolicy(IJobRule rule, JobFleet fleet) : IPolicy
{
    /// <inheritdoc/>
    public void Act(FrameBatch frames, PolicyMemory memory, ref Randomness random, ActionBatch actions)
    {
        var pools = actions.Space.IndexCount;
        for (var row = 0; row < frames.Rows; row++)
        {
            if (!frames.IsActive(row)) continue;
            var run = fleet.Run(row);
            var additions = actions.Indices.Slice(row * pools, pools);
            additions.Clear();
            rule.Decide(run, JobOutlook.Of(run, new double[run.Graph.Count]), additions);
            for (var pool = 0; pool < pools; pool++)
            {
                additions[pool] = Math.Min(additions[pool], run.Model.Settings.LargestAddition);
                while (!run.IsLegal(pool, additions[pool])) additions[pool]--;
            }
        }
    }
}
