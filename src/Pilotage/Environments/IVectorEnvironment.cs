namespace Pilotage.Environments;

/// <summary>What learners see: rows of frames that step together. Multi-agent and turn-based simulators implement it directly, a row being an agent or a seat.</summary>
/// <remarks>
/// Same-step autoreset: after <see cref="Step"/>, <see cref="Frames"/> of a row whose episode ended already shows the next episode's first frame, and the
/// true last frame is in the transition. Not thread-safe.
/// </remarks>
public interface IVectorEnvironment : ISaved
{
    /// <summary>Spaces, time limit and reward unit of every row.</summary>
    EnvironmentSpec Spec { get; }

    /// <summary>Number of rows, at least 1.</summary>
    int Rows { get; }

    /// <summary>The frames to act on, after any reset.</summary>
    FrameBatch Frames { get; }

    /// <summary>Begins a new episode in every row.</summary>
    void Reset();

    /// <summary>Steps all rows.</summary>
    /// <param name="actions">One action per row; those of inactive rows are ignored.</param>
    /// <returns>Rewards, ends, and the true final frames of the rows that ended. Valid until the next step.</returns>
    /// <exception cref="RunFailedException">The environment broke its contract: a number that is not finite, or a frame without a legal action.</exception>
    Transition Step(ActionBatch actions);
}
