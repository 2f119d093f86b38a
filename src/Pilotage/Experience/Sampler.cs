using Pilotage.Environments;
using Pilotage.Policies;
using Pilotage.Training;

namespace Pilotage.Experience;

/// <summary>Plays a policy and writes down what happened.</summary>
public static class Sampler
{
    /// <summary>Fills a rollout: T steps in N rows, going on where the last collection stopped.</summary>
    /// <param name="policy">Chooses by sampling, and gives log-probabilities and values.</param>
    /// <param name="environment">Stepped T times.</param>
    /// <param name="random">Draws the actions.</param>
    /// <param name="actions">Room for N actions.</param>
    /// <param name="rollout">Overwritten.</param>
    /// <param name="episodes">Receives rewards and ends.</param>
    /// <param name="clock">Told what is acting and what is the environment.</param>
    /// <exception cref="RunFailedException">A row is inactive: on-policy collection needs every row at every step.</exception>
    /// <remarks>Next values: of the next row's state where the episode runs on, of the true final frame where it was truncated.</remarks>
    public static void Collect(
        ActorCritic policy, IVectorEnvironment environment, ref Randomness random, ActionBatch actions, Rollout rollout, EpisodeStatistics episodes, PhaseClock clock) =>
        Collect((IRolloutActor)policy, environment, ref random, actions, rollout, episodes, clock);

    internal static void Collect(
        IRolloutActor actor, IVectorEnvironment environment, ref Randomness random, ActionBatch actions, Rollout rollout, EpisodeStatistics episodes, PhaseClock clock)
    {
        Play(actor, environment, ref random, default, actions, rollout, episodes, clock);
        if (environment is NormalizedEnvironment { IsHeld: true } held) held.LearnFrom(rollout.Observations);
    }

    /// <summary>Fills a rollout of some rows, while somebody else plays those beside them. Where moments are held, observations are left raw.</summary>
    internal static void Play(
        IRolloutActor actor, IVectorEnvironment environment, ref Randomness random, RowsBeside beside, ActionBatch actions, Rollout rollout, EpisodeStatistics? episodes, PhaseClock clock)
    {
        var (rows, spec) = (rollout.Rows, rollout.Spec);
        var shown = environment is NormalizedEnvironment { IsHeld: true } held ? held.Inner : environment;   // what the rollout keeps
        for (var t = 0; t < rollout.Horizon; t++)
        {
            var frames = environment.Frames;
            if (frames.Active.Contains(value: false)) throw new RunFailedException($"{spec.Name}: a row is inactive; on-policy collection needs every row at every step.");
            var at = t * rows;
            shown.Frames.Observations.CopyTo(rollout.Observations.AsSpan(at * spec.ObservationSize));
            frames.Legal.CopyTo(rollout.Legal.AsSpan(at * spec.Actions.LegalCount));
            var indices = rollout.ActionIndices.AsSpan(at * spec.Actions.IndexCount, rows * spec.Actions.IndexCount);
            var raw = rollout.ActionValues.AsSpan(at * spec.Actions.ValueCount, rows * spec.Actions.ValueCount);
            actor.Act(frames, ref random, beside, indices, raw, rollout.LogProbabilities.AsSpan(at, rows), rollout.Values.AsSpan(at, rows));
            indices.CopyTo(actions.Indices);
            actor.ToBox(raw, actions.Values);
            clock.EndAct();

            var transition = environment.Step(actions);
            clock.EndEnvironment();
            transition.Rewards.CopyTo(rollout.Rewards.AsSpan(at));
            transition.Ends.CopyTo(rollout.Ends.AsSpan(at));
            episodes?.Add(environment is NormalizedEnvironment normalized ? normalized.RawRewards : transition.Rewards, transition.Ends);
            if (t > 0) LinkRunning(rollout, at - rows, rollout.Values.AsSpan(at, rows));
            LinkTruncated(actor, transition, rollout, at);
            actor.EndRows(transition.EndedRows);
        }
        using var scratch = new Scratch(rows);
        actor.ValueNext(environment.Frames, scratch.Values);
        LinkRunning(rollout, rollout.Count - rows, scratch.Values);
        clock.EndAct();
    }

    private static void LinkRunning(Rollout rollout, int at, ReadOnlySpan<float> nextValues)
    {
        for (var row = 0; row < nextValues.Length; row++)
            if (rollout.Ends[at + row] == End.Running) rollout.NextValues[at + row] = nextValues[row];
    }

    private static void LinkTruncated(IRolloutActor actor, in Transition transition, Rollout rollout, int at)
    {
        if (!transition.Ends.Contains(End.Truncated)) return;
        using var scratch = new Scratch(transition.EndedRows.Length);
        actor.ValueFinal(transition, scratch.Values);
        for (var i = 0; i < transition.EndedRows.Length; i++) rollout.NextValues[at + transition.EndedRows[i]] = scratch.Values[i];
    }
}
