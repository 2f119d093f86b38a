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
        var (shown, actor, random) = (new Demonstrations(spec), new CheckedPolicy(policy, spec, title), seeds.Actions.Start());
        var (memory, actions, rows) = (actor.CreateMemory(environment.Rows), new ActionBatch(spec.Actions, environment.Rows), new Running[environment.Rows]);
        for (var row = 0; row < rows.Length; row++) rows[row] = new();
        environment.Reset();
        for (var taken = 0L; taken < steps;)
        {
            var frames = environment.Frames;
            actor.Act(frames, memory, ref random, actions);
            var before = taken;
            for (var row = 0; row < rows.Length; row++)
            {
                if (!frames.IsActive(row)) continue;
                rows[row].Add(frames.Observation(row), frames.LegalOf(row), actions[row]);
                taken++;
            }
            if (taken == before) throw new RunFailedException($"{spec.Name}: no row is active; there is nothing to record.");
            var transition = environment.Step(actions);
            for (var row = 0; row < rows.Length; row++) rows[row].Earn(transition.Rewards[row]);
            for (var i = 0; i < transition.EndedRows.Length; i++)
            {
                var row = transition.EndedRows[i];
                rows[row].MoveTo(shown, transition.Ends[row], transition.FinalFrames.Observation(i), transition.FinalFrames.LegalOf(i));
                memory.ResetRow(row);
            }
        }
        for (var row = 0; row < rows.Length; row++) rows[row].MoveTo(shown, End.Running, environment.Frames.Observation(row), environment.Frames.LegalOf(row));
        return shown;
    }

    // A row's episode so far.
    private sealed class Running
    {
        private readonly List<float> _observations = [], _values = [], _rewards = [];
        private readonly List<bool> _legal = [];
        private readonly List<int> _indices = [];

        public void Add(ReadOnlySpan<float> observation, ReadOnlySpan<bool> legal, AgentAction action)
        {
            _observations.AddRange(observation);
            _legal.AddRange(legal);
            _indices.AddRange(action.Indices);
            _values.AddRange(action.Values);
            _rewards.Add(0);
        }

        public void Earn(float reward)
        {
            if (_rewards.Count > 0) _rewards[^1] += reward;
        }

        public void MoveTo(Demonstrations shown, End end, ReadOnlySpan<float> finalObservation, ReadOnlySpan<bool> finalLegal)
        {
            if (_rewards.Count == 0) return;
            shown.Add([.. _observations], [.. _legal], [.. _indices], [.. _values], [.. _rewards], end, finalObservation, finalLegal);
            _observations.Clear();
            _legal.Clear();
            _indices.Clear();
            _values.Clear();
            _rewards.Clear();
        }
    }
}
