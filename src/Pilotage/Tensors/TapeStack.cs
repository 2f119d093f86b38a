namespace Pilotage.Tensors;

/// <summary>The open steps of each thread, innermost last. Tapes are kept and reused, so a step in steady state allocates nothing.</summary>
internal static class TapeStack
{
    [ThreadStatic] private static List<(Device Device, Tape Tape)>? _kept;
    [ThreadStatic] private static int _depth;

    /// <summary>The innermost open step's tape.</summary>
    /// <exception cref="InvalidOperationException">No step is open on this thread.</exception>
    public static Tape Current => _depth > 0
        ? _kept![_depth - 1].Tape
        : throw new InvalidOperationException("No step is open on this thread. Write: using var step = Step.Begin();");

    /// <summary>Bytes that this thread's steps have taken from the system and keep.</summary>
    public static long Bytes
    {
        get
        {
            var bytes = 0L;
            foreach (var (_, tape) in _kept ?? []) bytes += tape.Bytes;
            return bytes;
        }
    }

    public static Tape Push(Device device, Gradient gradient)
    {
        _kept ??= [];
        if (_kept.Count == _depth) _kept.Add((device, device.CreateTape()));
        if (_kept[_depth].Device != device)
        {
            _kept[_depth].Tape.Dispose();
            _kept[_depth] = (device, device.CreateTape());
        }
        var tape = _kept[_depth++].Tape;
        tape.Open(device, gradient);
        return tape;
    }

    public static void Pop(Tape tape)
    {
        if (_depth == 0 || _kept![_depth - 1].Tape != tape)
            throw new InvalidOperationException("Steps end in the opposite order of their beginning, on the thread that began them.");
        _depth--;
        tape.Close();
    }
}
