using System.Runtime.InteropServices;
using Pilotage.Environments;

namespace Pilotage.Experience;

/// <summary>Steps that somebody took, episode after episode: what was seen and allowed, what was done, what it earned, and where each episode truly ended. Any action space.</summary>
/// <remarks>What learners are warmed with and cloned from. Checked as it is added: shapes, finite numbers, legal actions.</remarks>
/// <param name="spec">The environment that they were taken in.</param>
public sealed class Demonstrations(EnvironmentSpec spec)
{
    private readonly List<float> _observations = [];
    private readonly List<bool> _legal = [];
    private readonly List<int> _actionIndices = [];
    private readonly List<float> _actionValues = [];
    private readonly List<float> _rewards = [];
    private readonly List<float> _finalObservations = [];
    private readonly List<bool> _finalLegal = [];
    private readonly List<DemonstratedEpisode> _episodes = [];

    /// <summary>The environment that they were taken in.</summary>
    public EnvironmentSpec Spec => spec;

    /// <summary>Number of steps (n).</summary>
    public int Count => _rewards.Count;

    /// <summary>Episodes in the order in which they were added.</summary>
    public IReadOnlyList<DemonstratedEpisode> Episodes => _episodes;

    /// <summary>Observations acted on, [n, size].</summary>
    public ReadOnlySpan<float> Observations => CollectionsMarshal.AsSpan(_observations);

    /// <summary>Legal actions, [n, count]; empty without mask.</summary>
    public ReadOnlySpan<bool> Legal => CollectionsMarshal.AsSpan(_legal);

    /// <summary>Chosen indices, [n, choices]; empty for a box.</summary>
    public ReadOnlySpan<int> ActionIndices => CollectionsMarshal.AsSpan(_actionIndices);

    /// <summary>Chosen values in the environment's own unit, [n, dimensions]; empty for discrete spaces.</summary>
    public ReadOnlySpan<float> ActionValues => CollectionsMarshal.AsSpan(_actionValues);

    /// <summary>Reward of each step, [n].</summary>
    public ReadOnlySpan<float> Rewards => CollectionsMarshal.AsSpan(_rewards);

    /// <summary>The true last frame of each episode, [episodes]: what its last step led to.</summary>
    public FrameBatch FinalFrames => new(
        _episodes.Count, CollectionsMarshal.AsSpan(_finalObservations), CollectionsMarshal.AsSpan(_finalLegal));

    /// <summary>The observation of a step.</summary>
    /// <param name="step">In [0, <see cref="Count"/>).</param>
    /// <returns>[size].</returns>
    public ReadOnlySpan<float> Observation(int step) => Row(Observations, step, spec.ObservationSize);

    /// <summary>The legal actions of a step.</summary>
    /// <param name="step">In [0, <see cref="Count"/>).</param>
    /// <returns>[count]; empty without mask.</returns>
    public ReadOnlySpan<bool> LegalOf(int step) => Row(Legal, step, spec.Actions.LegalCount);

    /// <summary>What was done in a step.</summary>
    /// <param name="step">In [0, <see cref="Count"/>).</param>
    /// <returns>A view.</returns>
    public AgentAction Action(int step) => new(Row(ActionIndices, step, spec.Actions.IndexCount), Row(ActionValues, step, spec.Actions.ValueCount));

    /// <summary>Adds an episode, or a piece of one.</summary>
    /// <param name="observations">[steps, size].</param>
    /// <param name="legal">[steps, count]; empty where the space has no mask.</param>
    /// <param name="actionIndices">[steps, choices]; empty for a box.</param>
    /// <param name="actionValues">[steps, dimensions]; empty for discrete spaces.</param>
    /// <param name="rewards">[steps], at least one.</param>
    /// <param name="end">How it ended; <see cref="End.Running"/> for a piece.</param>
    /// <param name="finalObservation">What the last step led to, [size].</param>
    /// <param name="finalLegal">Legal actions there, [count]; empty where the space has no mask.</param>
    /// <exception cref="UserMistakeException">It has no step (PIL1101), a length does not fit (PIL1102), a number is not finite (PIL1103) or an action was not allowed (PIL1104).</exception>
    public void Add(
        ReadOnlySpan<float> observations, ReadOnlySpan<bool> legal, ReadOnlySpan<int> actionIndices, ReadOnlySpan<float> actionValues, ReadOnlySpan<float> rewards, End end,
        ReadOnlySpan<float> finalObservation, ReadOnlySpan<bool> finalLegal)
    {
        DemonstrationCheck.ThrowIfWrong(spec, _episodes.Count, observations, legal, actionIndices, actionValues, rewards, finalObservation, finalLegal);
        _episodes.Add(new(Count, rewards.Length, end));
        _observations.AddRange(observations);
        _legal.AddRange(legal);
        _actionIndices.AddRange(actionIndices);
        _actionValues.AddRange(actionValues);
        _rewards.AddRange(rewards);
        _finalObservations.AddRange(finalObservation);
        _finalLegal.AddRange(finalLegal);
    }

    /// <summary>What each step and all after it earned: G = r + gamma G'. Nothing follows a termination; where an episode was cut or truncated, its last frame's value does.</summary>
    /// <param name="discount">gamma, in [0, 1].</param>
    /// <param name="finalValues">V of each last frame, [episodes]; not read where the episode terminated.</param>
    /// <param name="returns">Receives G, [n].</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void ComputeReturns(double discount, ReadOnlySpan<float> finalValues, Span<float> returns)
    {
        if (finalValues.Length != _episodes.Count || returns.Length != Count)
            throw new ArgumentException($"{finalValues.Length} final values and room for {returns.Length} returns were given for {_episodes.Count} episodes of {Count} steps.", nameof(returns));
        for (var i = 0; i < _episodes.Count; i++)
        {
            var (start, length, end) = _episodes[i];
            double sum = end == End.Terminated ? 0 : finalValues[i];
            for (var step = start + length - 1; step >= start; step--) returns[step] = (float)(sum = _rewards[step] + discount * sum);
        }
    }

    /// <summary>Adds all steps to a replay as transitions. A piece that was cut bootstraps from its last frame, as a truncated episode does.</summary>
    /// <param name="replay">Receives them; if it is smaller, the last ones stay.</param>
    /// <param name="bootstrapSteps">n, at least 1: steps summed into a transition.</param>
    /// <param name="discount">gamma, in [0, 1].</param>
    public void AddTo(IReplay replay, int bootstrapSteps, double discount)
    {
        var window = new NStepWindow(bootstrapSteps, discount, spec, rows: 1);
        for (var i = 0; i < _episodes.Count; i++)
        {
            var (start, length, end) = _episodes[i];
            for (var step = start; step < start + length; step++)
            {
                var isLast = step == start + length - 1;
                window.Add(
                    0, Observation(step), Action(step), _rewards[step], !isLast ? End.Running : end == End.Terminated ? End.Terminated : End.Truncated,
                    isLast ? FinalFrames.Observation(i) : Observation(step + 1), isLast ? FinalFrames.LegalOf(i) : LegalOf(step + 1), replay);
            }
        }
    }

    /// <summary>The same steps with observations as a normaliser shows them.</summary>
    /// <param name="normalizer">Its statistics stay as they are.</param>
    /// <returns>A copy.</returns>
    public Demonstrations Normalized(ObservationNormalizer normalizer)
    {
        var seen = new Demonstrations(spec);
        var (observation, final) = (new float[Count * spec.ObservationSize], new float[_finalObservations.Count]);
        normalizer.Apply(Observations, observation);
        normalizer.Apply(FinalFrames.Observations, final);
        for (var i = 0; i < _episodes.Count; i++)
        {
            var (start, length, end) = _episodes[i];
            seen.Add(
                Rows<float>(observation, start, length, spec.ObservationSize), Rows(Legal, start, length, spec.Actions.LegalCount),
                Rows(ActionIndices, start, length, spec.Actions.IndexCount), Rows(ActionValues, start, length, spec.Actions.ValueCount), Rewards.Slice(start, length), end,
                Row<float>(final, i, spec.ObservationSize), FinalFrames.LegalOf(i));
        }
        return seen;
    }

    private static ReadOnlySpan<T> Row<T>(ReadOnlySpan<T> all, int row, int width) => all.Slice(row * width, width);

    private static ReadOnlySpan<T> Rows<T>(ReadOnlySpan<T> all, int start, int length, int width) => all.Slice(start * width, length * width);
}
