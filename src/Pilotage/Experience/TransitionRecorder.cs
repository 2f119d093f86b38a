using System.Buffers;
using Pilotage.Environments;
using Pilotage.Training;

namespace Pilotage.Experience;

/// <summary>Steps an environment and writes what happened for a replay: where each row was, what was done, and where it truly led.</summary>
/// <remarks>Who chooses the actions is all the same: a learner that explores, or a heuristic whose play is to be learned from.</remarks>
public sealed class TransitionRecorder : ISaved
{
    private readonly IVectorEnvironment _environment;
    private readonly ITransitionSink _sink;
    private readonly NStepWindow _window;
    private readonly float[] _observations;                                              // before the step, [N, size]

    /// <summary>Makes room for a step.</summary>
    /// <param name="environment">N rows; reset before the first step. Saved by its owner.</param>
    /// <param name="sink">Receives the transitions. Saved by its owner.</param>
    /// <param name="bootstrapSteps">n, at least 1: steps summed into a transition.</param>
    /// <param name="discount">gamma, in [0, 1].</param>
    public TransitionRecorder(IVectorEnvironment environment, ITransitionSink sink, int bootstrapSteps, double discount)
    {
        (_environment, _sink) = (environment, sink);
        _window = new(bootstrapSteps, discount, environment.Spec, environment.Rows);
        _observations = new float[environment.Rows * environment.Spec.ObservationSize];
    }

    /// <summary>Steps all rows.</summary>
    /// <param name="actions">One per row.</param>
    /// <param name="episodes">Receives rewards and ends.</param>
    /// <param name="clock">Told what is acting (until now) and what is the environment.</param>
    /// <returns>What the environment gave; valid until its next step.</returns>
    /// <exception cref="RunFailedException">A row is inactive: a transition needs an action of its own at every step.</exception>
    public Transition Step(ActionBatch actions, EpisodeStatistics episodes, PhaseClock clock)
    {
        var frames = _environment.Frames;
        if (frames.Active.Contains(value: false)) throw new RunFailedException($"{_environment.Spec.Name}: a row is inactive; a replay needs an action of every row at every step.");
        frames.Observations.CopyTo(_observations);
        clock.EndAct();

        var transition = _environment.Step(actions);
        clock.EndEnvironment();
        episodes.Add(transition.Rewards, transition.Ends);
        var next = _environment.Frames;
        var size = _environment.Spec.ObservationSize;
        var ended = 0;
        for (var row = 0; row < _environment.Rows; row++)
        {
            var end = transition.Ends[row];
            var observation = end == End.Running ? next.Observation(row) : transition.FinalFrames.Observation(ended);
            var legal = end == End.Running ? next.LegalOf(row) : transition.FinalFrames.LegalOf(ended);
            if (end != End.Running) ended++;
            _window.Add(row, _observations.AsSpan(row * size, size), actions[row], transition.Rewards[row], end, observation, legal, _sink);
        }
        return transition;
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer) => _window.Save(writer);

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader) => _window.Load(ref reader);
}
