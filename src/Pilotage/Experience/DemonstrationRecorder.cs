using Pilotage.Environments;
using Pilotage.Policies;

namespace Pilotage.Experience;

/// <summary>Plays a policy and keeps what it does as <see cref="Demonstrations"/>.</summary>
public static class DemonstrationRecorder
{
    /// <summary>Records some steps; the pieces of episodes that run on at the end are kept as such.</summary>
    /// <param name="policy">Anything that acts; its mistakes are named with row, step and frame.</param>
    /// <param name="environment">Begins new episodes in every row. Rows that are not active in a step are not recorded in it; what they earn meanwhile counts to their last action.</param>
    /// <param name="steps">Steps over all rows, at least 1.</param>
    /// <param name="seeds">Its actions branch is the policy's stream.</param>
    /// <param name="title">What messages call the policy.</param>
    /// <returns>At least <paramref name="steps"/> steps, less than one vector step more.</returns>
    /// <exception cref="UserMistakeException">The policy threw or chose an action that is not allowed.</exception>
    /// <exception cref="RunFailedException">No row is active, or the environment broke its contract.</exception>
    public static Demonstrations Record(IPolicy policy, IVectorEnvironment environment, long steps, SeedTree seeds, string title = "The heuristic")
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        var spec = environment.Spec;
        var (tap, actor, random) = (new ExperienceTap(environment), new CheckedPolicy(policy, spec, title), seeds.Actions.Start());
        var (memory, actions) = (actor.CreateMemory(environment.Rows), new ActionBatch(spec.Actions, environment.Rows));
        tap.Reset();
        while (tap.Count < steps)
        {
            var before = tap.Count;
            actor.Act(tap.Frames, memory, ref random, actions);
            var transition = tap.Step(actions);
            if (tap.Count == before) throw new RunFailedException($"{spec.Name}: no row is active; there is nothing to record.");
            foreach (var row in transition.EndedRows) memory.ResetRow(row);
        }
        return tap.Take();
    }
}
