using Pilotage.Environments;

namespace Pilotage.Experience.Datasets;

/// <summary>A fixed log of transitions that nothing is added to any more: the steps, where they come from, what followed each, and what each episode earned.</summary>
/// <remarks>
/// The columns are those of <see cref="Demonstrations"/>, which is also how one is built. A piece of an episode, cut where the recording stopped, is not a complete episode: its
/// last step is followed by its true last frame but by no known action, and its return is not known. Immutable, as long as nobody adds to the steps; thread-safe then.
/// </remarks>
public sealed class TransitionDataset
{
    private readonly int[] _episodeOf;                                                   // [n]
    private readonly double[] _returns;                                                  // [episodes]

    /// <summary>Freezes steps.</summary>
    /// <param name="steps">Owned by this object from now on; at least one step.</param>
    /// <param name="origin">Where they come from.</param>
    /// <exception cref="UserMistakeException">There is no step (PIL1110).</exception>
    public TransitionDataset(Demonstrations steps, DatasetOrigin origin)
    {
        if (steps.Count == 0) throw Mistake("PIL1110", $"The data set of {steps.Spec.Name} has no transition.", "Record or import at least one step.");
        (Steps, Origin) = (steps, origin);
        (_episodeOf, _returns) = (new int[steps.Count], new double[steps.Episodes.Count]);
        for (var i = 0; i < _returns.Length; i++)
        {
            var episode = steps.Episodes[i];
            _episodeOf.AsSpan(episode.Start, episode.Length).Fill(i);
            foreach (var reward in steps.Rewards.Slice(episode.Start, episode.Length)) _returns[i] += reward;
        }
        CompleteEpisodes = steps.Episodes.Count(episode => episode.End != End.Running);
    }

    /// <summary>All columns.</summary>
    public Demonstrations Steps { get; }

    /// <summary>Where they come from.</summary>
    public DatasetOrigin Origin { get; }

    /// <summary>The environment that they were taken in: sizes, action space, names.</summary>
    public EnvironmentSpec Spec => Steps.Spec;

    /// <summary>Number of transitions (n), at least 1.</summary>
    public int Count => Steps.Count;

    /// <summary>Episodes and pieces in the order in which they were added.</summary>
    public IReadOnlyList<DemonstratedEpisode> Episodes => Steps.Episodes;

    /// <summary>How many episodes terminated or were truncated by a time limit; the others are pieces.</summary>
    public int CompleteEpisodes { get; }

    /// <summary>Mean undiscounted return of the complete episodes (ḡ), in the reward's unit.</summary>
    /// <exception cref="UserMistakeException">No episode is complete (PIL1111).</exception>
    public double MeanReturn
    {
        get
        {
            if (CompleteEpisodes == 0)
                throw Mistake("PIL1111", $"None of the {Episodes.Count} episodes of {Spec.Name} is complete, so what its play earns is not known.", "Record until an episode ends, or mark where episodes were terminated or truncated.");
            var sum = 0.0;
            for (var i = 0; i < _returns.Length; i++) if (Episodes[i].End != End.Running) sum += _returns[i];
            return sum / CompleteEpisodes;
        }
    }

    /// <summary>The episode of a step.</summary>
    /// <param name="step">In [0, <see cref="Count"/>).</param>
    /// <returns>Its index among <see cref="Episodes"/>.</returns>
    public int EpisodeOf(int step) => _episodeOf[step];

    /// <summary>The step that follows in the same episode: whose action is a' of a SARSA target.</summary>
    /// <param name="step">In [0, <see cref="Count"/>).</param>
    /// <returns>step + 1, or -1 at the last step of an episode or piece.</returns>
    public int Following(int step) => step + 1 < _episodeOf.Length && _episodeOf[step + 1] == _episodeOf[step] ? step + 1 : -1;

    /// <summary>How a step left its episode.</summary>
    /// <param name="step">In [0, <see cref="Count"/>).</param>
    /// <returns>Terminated or truncated at an episode's last step; running at all others, and at the last step of a piece.</returns>
    public End EndOf(int step) => Following(step) < 0 ? Episodes[_episodeOf[step]].End : End.Running;

    /// <summary>What a step led to: at the last step of an episode its true last frame, never the first of the next one.</summary>
    /// <param name="step">In [0, <see cref="Count"/>).</param>
    /// <returns>[size].</returns>
    public ReadOnlySpan<float> NextObservation(int step) =>
        Following(step) is >= 0 and var next ? Steps.Observation(next) : Steps.FinalFrames.Observation(_episodeOf[step]);

    /// <summary>The legal actions where a step led.</summary>
    /// <param name="step">In [0, <see cref="Count"/>).</param>
    /// <returns>[count]; empty without mask.</returns>
    public ReadOnlySpan<bool> NextLegal(int step) =>
        Following(step) is >= 0 and var next ? Steps.LegalOf(next) : Steps.FinalFrames.LegalOf(_episodeOf[step]);

    /// <summary>What an episode or piece earned, undiscounted.</summary>
    /// <param name="episode">Index among <see cref="Episodes"/>.</param>
    /// <returns>The sum of its rewards, in double.</returns>
    public double ReturnOf(int episode) => _returns[episode];

    /// <summary>Discounted return of each step as far as the log shows it: nothing follows an end of any kind. <see cref="Demonstrations.ComputeReturns"/> takes bootstraps.</summary>
    /// <param name="discount">gamma, in [0, 1].</param>
    /// <param name="returns">Receives G = r + gamma G', [n].</param>
    /// <exception cref="ArgumentException">The length does not fit.</exception>
    public void ComputeReturnsToGo(double discount, Span<float> returns) => Steps.ComputeReturns(discount, new float[Episodes.Count], returns);

    /// <summary>The first transitions. An episode that runs on is cut, and its piece ends with the frame that truly followed.</summary>
    /// <param name="count">At least 1, at most <see cref="Count"/>.</param>
    /// <returns>A copy of the same origin.</returns>
    public TransitionDataset First(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count);
        if (count == Count) return this;
        var first = new Demonstrations(Spec);
        Append(first, count);
        return new(first, Origin);
    }

    /// <summary>Puts data sets of one environment one after the other.</summary>
    /// <param name="origin">Of the whole.</param>
    /// <param name="parts">At least one, of equal sizes and action spaces; the first one's description stays.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="UserMistakeException">Observations or action spaces differ (PIL1112).</exception>
    public static TransitionDataset Join(DatasetOrigin origin, params IReadOnlyList<TransitionDataset> parts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(parts.Count, 1);
        var whole = new Demonstrations(parts[0].Spec);
        foreach (var part in parts)
        {
            part.ThrowUnlessLike(parts[0].Spec);
            part.Append(whole, part.Count);
        }
        return new(whole, origin);
    }

    /// <summary>Refuses a data set whose transitions do not fit an environment.</summary>
    /// <param name="spec">What they must fit: numbers per observation, and the action space.</param>
    /// <exception cref="UserMistakeException">Observations or action spaces differ (PIL1112).</exception>
    public void ThrowUnlessLike(EnvironmentSpec spec)
    {
        if (Spec.ObservationSize == spec.ObservationSize && SpaceText(Spec.Actions) == SpaceText(spec.Actions)) return;
        throw Mistake(
            "PIL1112", $"Transitions of {Spec.Name} ({Spec.ObservationSize} numbers, {SpaceText(Spec.Actions)}) do not fit {spec.Name} ({spec.ObservationSize} numbers, {SpaceText(spec.Actions)}).",
            "Use data sets of one environment.");
    }

    private void Append(Demonstrations to, int count)
    {
        var (size, legal, indices, values) = (Spec.ObservationSize, Spec.Actions.LegalCount, Spec.Actions.IndexCount, Spec.Actions.ValueCount);
        for (var i = 0; i < Episodes.Count && Episodes[i].Start < count; i++)
        {
            var (start, length, end) = Episodes[i];
            if (start + length > count) (length, end) = (count - start, End.Running);
            to.Add(
                Steps.Observations.Slice(start * size, length * size), Steps.Legal.Slice(start * legal, length * legal), Steps.ActionIndices.Slice(start * indices, length * indices),
                Steps.ActionValues.Slice(start * values, length * values), Steps.Rewards.Slice(start, length), end, NextObservation(start + length - 1), NextLegal(start + length - 1));
        }
    }

    // Lists have no value equality, so spaces are compared by what they say.
    private static string SpaceText(ActionSpace space) => space switch
    {
        ActionSpace.Discrete one => $"{one.Count} actions{(one.Masked ? ", masked" : "")}",
        ActionSpace.MultiDiscrete several => $"choices of {string.Join(", ", several.Counts)} actions{(several.Masked ? ", masked" : "")}",
        ActionSpace.Box box => FormattableString.Invariant($"{box.ValueCount} values in [{string.Join(", ", box.Low.Select(Text))}] to [{string.Join(", ", box.High.Select(Text))}]"),
        ActionSpace.Composite both => $"{SpaceText(both.Choices)} and {SpaceText(both.Values)}",
        _ => throw new NotSupportedException($"An action space of kind {space.GetType().Name} is unknown."),
    };

    private static string Text(float bound) => bound.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static UserMistakeException Mistake(string code, string what, string advice) => new(new Mistake(code, what, "", advice).ToString());
}
