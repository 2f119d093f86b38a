namespace Pilotage.Environments;

/// <summary>What a vector step gave. A view: valid until the environment's next step.</summary>
public readonly ref struct Transition
{
    /// <summary>Wraps the result of a step.</summary>
    /// <param name="rewards">One per row.</param>
    /// <param name="ends">One per row.</param>
    /// <param name="endedRows">The rows whose <paramref name="ends"/> is not <see cref="End.Running"/>, ascending.</param>
    /// <param name="finalFrames">The last frame of each of <paramref name="endedRows"/>, in their order, before any reset.</param>
    public Transition(ReadOnlySpan<float> rewards, ReadOnlySpan<End> ends, ReadOnlySpan<int> endedRows, FrameBatch finalFrames)
    {
        Rewards = rewards;
        Ends = ends;
        EndedRows = endedRows;
        FinalFrames = finalFrames;
    }

    /// <summary>Reward of each row.</summary>
    public ReadOnlySpan<float> Rewards { get; }

    /// <summary>End of each row.</summary>
    public ReadOnlySpan<End> Ends { get; }

    /// <summary>The rows that ended, ascending.</summary>
    public ReadOnlySpan<int> EndedRows { get; }

    /// <summary>The true last frame of each of <see cref="EndedRows"/>, in their order: what the step led to, not what the next episode begins with.</summary>
    public FrameBatch FinalFrames { get; }
}
