using Pilotage.Environments;

namespace Pilotage.Policies;

/// <summary>Chooses uniformly: among the legal actions of each discrete choice, and in the box. The floor that every policy must beat.</summary>
public sealed class RandomPolicy : IPolicy
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A mask leaves no legal action.</exception>
    public void Act(FrameBatch frames, PolicyMemory memory, ref Randomness random, ActionBatch actions)
    {
        for (var row = 0; row < frames.Rows; row++)
        {
            if (!frames.IsActive(row)) continue;
            switch (actions.Space)
            {
                case ActionSpace.Discrete discrete:
                    actions.Indices[row] = Draw(discrete.Count, frames.LegalOf(row), ref random);
                    break;
                case ActionSpace.MultiDiscrete several:
                    DrawEach(several.Counts, frames.LegalOf(row), ref random, actions.Indices.Slice(row * several.Counts.Count, several.Counts.Count));
                    break;
                case ActionSpace.Composite both:
                    DrawEach(both.Choices.Counts, frames.LegalOf(row), ref random, actions.Indices.Slice(row * both.IndexCount, both.IndexCount));
                    break;
            }
            if (actions.Space.Bounds is { } box)
                for (var i = 0; i < box.Low.Count; i++) actions.Values[row * box.Low.Count + i] = (float)random.NextUniform(box.Low[i], box.High[i]);
        }
    }

    private static void DrawEach(IReadOnlyList<int> counts, ReadOnlySpan<bool> legal, ref Randomness random, Span<int> chosen)
    {
        for (var choice = 0; choice < chosen.Length; choice++)
        {
            chosen[choice] = Draw(counts[choice], legal.IsEmpty ? legal : legal[..counts[choice]], ref random);
            if (!legal.IsEmpty) legal = legal[counts[choice]..];
        }
    }

    private static int Draw(int count, ReadOnlySpan<bool> legal, ref Randomness random)
    {
        if (legal.IsEmpty) return random.NextInt(count);
        var legalCount = legal.Count(value: true);
        if (legalCount == 0) throw new ArgumentException("A mask leaves no legal action to choose from.", nameof(legal));
        var left = random.NextInt(legalCount);
        for (var index = 0; ; index++) if (legal[index] && left-- == 0) return index;
    }
}
