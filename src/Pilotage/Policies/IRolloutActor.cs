using Pilotage.Environments;

namespace Pilotage.Policies;

/// <summary>What fills a rollout: chooses by sampling, and says how probable that was and what states are worth. May remember each row's episode.</summary>
internal interface IRolloutActor
{
    /// <summary>Chooses for all rows; what is remembered moves on by this frame.</summary>
    /// <param name="frames">Observations and masks.</param>
    /// <param name="random">Draws the actions.</param>
    /// <param name="beside">Rows of this step whose draws are skipped.</param>
    /// <param name="indices">Receives the choices, [rows, choices].</param>
    /// <param name="raw">Receives the real numbers before scaling and clipping, [rows, dimensions].</param>
    /// <param name="logProbabilities">Receives log pi(a|s), [rows].</param>
    /// <param name="values">Receives V, [rows].</param>
    void Act(FrameBatch frames, ref Randomness random, RowsBeside beside, Span<int> indices, Span<float> raw, Span<float> logProbabilities, Span<float> values);

    /// <summary>V of the frames to be acted on next; nothing is remembered of them.</summary>
    /// <param name="frames">All rows.</param>
    /// <param name="values">Receives V, [rows].</param>
    void ValueNext(FrameBatch frames, Span<float> values);

    /// <summary>V of the true last frames, with what is remembered of the episodes that they end. Called before <see cref="EndRows"/>.</summary>
    /// <param name="transition">Ended rows and their frames.</param>
    /// <param name="values">Receives V, one per ended row.</param>
    void ValueFinal(in Transition transition, Span<float> values);

    /// <summary>Forgets the episodes of rows that ended.</summary>
    /// <param name="rows">Ascending.</param>
    void EndRows(ReadOnlySpan<int> rows);

    /// <summary>Scales and clips real numbers from the distribution's unit to the environment's.</summary>
    /// <param name="raw">[rows, dimensions].</param>
    /// <param name="values">Receives the environment's actions, [rows, dimensions].</param>
    void ToBox(ReadOnlySpan<float> raw, Span<float> values);
}
