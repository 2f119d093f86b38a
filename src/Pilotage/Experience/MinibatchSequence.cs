namespace Pilotage.Experience;

/// <summary>The minibatches of a rollout in random order, pass after pass. Used by <c>foreach</c> alone.</summary>
public ref struct MinibatchSequence
{
    private readonly Rollout _rollout;
    private readonly int[] _order;
    private readonly ref Randomness _random;
    private int _epochsLeft;
    private int _position;

    internal MinibatchSequence(Rollout rollout, int epochs, Minibatch minibatch, int[] order, ref Randomness random)
    {
        _rollout = rollout;
        Current = minibatch;
        _order = order;
        _random = ref random;
        _epochsLeft = epochs;
        _position = order.Length;
    }

    /// <summary>The minibatch, filled anew by each <see cref="MoveNext"/>.</summary>
    public Minibatch Current { get; }

    /// <summary>Itself.</summary>
    /// <returns>This sequence.</returns>
    public readonly MinibatchSequence GetEnumerator() => this;

    /// <summary>Fills the next minibatch.</summary>
    /// <returns><see langword="false"/> after the last pass.</returns>
    public bool MoveNext()
    {
        if (_position == _order.Length)
        {
            if (_epochsLeft-- == 0) return false;
            _random.Shuffle(_order.AsSpan());
            _position = 0;
        }
        Current.Fill(_rollout, _order.AsSpan(_position, Current.Size));
        _position += Current.Size;
        return true;
    }
}
