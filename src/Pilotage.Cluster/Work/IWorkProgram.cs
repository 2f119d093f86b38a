namespace Pilotage.Cluster.Work;

/// <summary>Computes one kind of work on a worker's own thread. A pure function of its input: who computes it, and how often it was begun, changes nothing.</summary>
internal interface IWorkProgram
{
    /// <summary>Names the kind of work, such as <c>trial</c>.</summary>
    string Kind { get; }

    /// <summary>Whether a worker says a line of each piece: not of those that take milliseconds.</summary>
    bool IsTold => true;

    /// <summary>Computes a piece of work.</summary>
    /// <param name="input">What came with it.</param>
    /// <param name="cancellation">The lease is lost, or the worker is to end.</param>
    /// <returns>For the one who asked.</returns>
    /// <exception cref="UserMistakeException">The input cannot be used.</exception>
    /// <exception cref="RunFailedException">The work cannot go on.</exception>
    byte[] Run(WorkInput input, CancellationToken cancellation);
}

/// <summary>What a piece of work is computed from.</summary>
/// <param name="Payload">Its own part.</param>
/// <param name="Pull">Gives what the asker shares under a key with all pieces of its job, such as a study's text or a policy's parameters; the last few are kept by the worker. The content of a key never changes.</param>
internal sealed record WorkInput(byte[] Payload, Func<string, byte[]> Pull);
