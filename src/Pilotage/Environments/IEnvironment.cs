namespace Pilotage.Environments;

/// <summary>A decision problem as its owner writes it: one row, scalar code. Usually a struct; an unmanaged one is saved and forked as bytes, for free.</summary>
/// <remarks>
/// It neither resets itself nor counts a time limit: the vector environment does both. A class or a struct with references that wants resumable runs
/// implements <see cref="ISaved"/> too. No default methods: they would box structs.
/// </remarks>
public interface IEnvironment
{
    /// <summary>Spaces, time limit and reward unit; the same at every call.</summary>
    /// <returns>The description.</returns>
    static abstract EnvironmentSpec Describe();

    /// <summary>Begins an episode.</summary>
    /// <param name="first">To be filled with the first observation and mask.</param>
    /// <param name="random">The row's own stream; the only randomness to use.</param>
    void Reset(Frame first, ref Randomness random);

    /// <summary>Takes one step of a running episode.</summary>
    /// <param name="action">The chosen action; legal, and inside the space's bounds.</param>
    /// <param name="next">To be filled with the observation after the step, also when the episode ended.</param>
    /// <param name="random">The row's own stream; the only randomness to use.</param>
    /// <returns>The reward of this step and whether the episode ended.</returns>
    Outcome Step(AgentAction action, Frame next, ref Randomness random);
}
