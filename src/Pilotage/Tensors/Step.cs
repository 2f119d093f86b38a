namespace Pilotage.Tensors;

/// <summary>The lifetime of tensors: all that is computed in a step is gone, in constant time, when it ends. One gradient step or one batched act.</summary>
/// <remarks>
/// A ref struct, so the compiler forbids await across it, capture and storage. Steps nest on a thread: an act inside a learning step has its own arena.
/// Dispose in the opposite order, which <c>using</c> does. A tensor of an ended step throws <see cref="ObjectDisposedException"/> at its next use.
/// </remarks>
public readonly ref struct Step : IDisposable
{
    private readonly Tape _tape;
    private readonly int _version;

    private Step(Tape tape)
    {
        _tape = tape;
        _version = tape.Version;
    }

    /// <summary>Opens a step on this thread.</summary>
    /// <param name="device">Where to compute; <see langword="null"/> for <see cref="Device.Managed"/>.</param>
    /// <param name="gradient">Whether a backward pass will follow.</param>
    /// <returns>The step; dispose it.</returns>
    public static Step Begin(Device? device = null, Gradient gradient = Gradient.Recorded) => new(TapeStack.Push(device ?? Device.Managed, gradient));

    /// <summary>Ends the step: resets the arena, and stale handles throw from now on. Safe to call twice.</summary>
    public void Dispose()
    {
        if (_tape is not null && _tape.Version == _version) TapeStack.Pop(_tape);
    }
}
