using System.Buffers;
using Pilotage.Environments;
using Pilotage.Policies;

namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Rows whose action is a number for each candidate; the legal candidate with the largest number is taken. For learners of continuous actions.</summary>
/// <remarks>
/// Of equal ones each is taken as often: an actor in a corner of the box would send everything to the first. What such an actor is worth to learn, the learners' networks see to, which know of candidates:
/// the same weights give each its number from its own features, and each critic sees each candidate's number beside its features.
/// </remarks>
internal sealed class ScoreRows : IVectorEnvironment
{
    private readonly IVectorEnvironment _inner;
    private readonly ActionBatch _chosen;
    private Randomness _ties;

    /// <param name="inner">Rows of one discrete choice; owned by this object from now on.</param>
    /// <param name="seeds">Decides between equal numbers.</param>
    public ScoreRows(IVectorEnvironment inner, SeedTree seeds)
    {
        (_inner, _chosen, _ties) = (inner, new(inner.Spec.Actions, inner.Rows), seeds.Branch("ties").Start());
        Spec = inner.Spec with { Name = inner.Spec.Name + "-scores", Actions = Space(inner.Spec) };
    }

    /// <inheritdoc/>
    public EnvironmentSpec Spec { get; }

    /// <inheritdoc/>
    public int Rows => _inner.Rows;

    /// <inheritdoc/>
    public FrameBatch Frames => new(Rows, _inner.Frames.Observations);

    /// <inheritdoc/>
    public void Reset() => _inner.Reset();

    /// <inheritdoc/>
    public Transition Step(ActionBatch actions)
    {
        Choose(_inner.Frames, actions.Values, ref _ties, _chosen.Indices);
        var transition = _inner.Step(_chosen);
        return new(transition.Rewards, transition.Ends, transition.EndedRows, new(transition.FinalFrames.Rows, transition.FinalFrames.Observations));
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        _inner.Save(writer);
        _ties.Save(writer);
    }

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        _inner.Load(ref reader);
        _ties.Load(ref reader);
    }

    /// <summary>A policy of numbers made to choose a candidate, so that it is measured like every other.</summary>
    /// <param name="policy">Gives a number for each candidate.</param>
    /// <param name="choices">The description of the rows with one discrete choice.</param>
    public static IPolicy Choosing(IPolicy policy, EnvironmentSpec choices) => new Chooser(policy, Space(choices));

    private static ActionSpace.Box Space(EnvironmentSpec choices)
    {
        var count = ((ActionSpace.Discrete)choices.Actions).Count;
        return new([.. Enumerable.Repeat(-1f, count)], [.. Enumerable.Repeat(1f, count)]);
    }

    private static void Choose(FrameBatch frames, ReadOnlySpan<float> scores, ref Randomness ties, Span<int> indices)
    {
        var count = scores.Length / frames.Rows;
        for (var row = 0; row < frames.Rows; row++) indices[row] = Largest(scores.Slice(row * count, count), frames.LegalOf(row), ref ties);
    }

    private static int Largest(ReadOnlySpan<float> scores, ReadOnlySpan<bool> legal, ref Randomness ties)
    {
        var (best, equal) = (-1, 0);
        for (var i = 0; i < scores.Length; i++)
        {
            if (!legal.IsEmpty && !legal[i]) continue;
            if (best < 0 || scores[i] > scores[best]) (best, equal) = (i, 1);
            else if (scores[i] == scores[best] && ties.NextInt(++equal) == 0) best = i;    // the k-th of equal ones replaces those before with probability 1 / k
        }
        return best;
    }

    private sealed class Chooser(IPolicy policy, ActionSpace.Box space) : IPolicy
    {
        public void Act(FrameBatch frames, PolicyMemory memory, ref Randomness random, ActionBatch actions)
        {
            var scores = new ActionBatch(space, frames.Rows);
            policy.Act(new(frames.Rows, frames.Observations), PolicyMemory.None, ref random, scores);
            Choose(frames, scores.Values, ref random, actions.Indices);
        }
    }
}
