using System.Buffers;
using Pilotage.Environments;

namespace Pilotage.Experience;

/// <summary>The last transitions of a discrete space, drawn uniformly with replacement. Flat memory, made once.</summary>
public sealed class Replay : ISaved
{
    private readonly float[] _observations;
    private readonly int[] _actions;
    private readonly float[] _rewards;
    private readonly float[] _discounts;
    private readonly float[] _nextObservations;
    private readonly bool[] _nextLegal;
    private readonly EnvironmentSpec _spec;
    private int _next;

    /// <summary>Makes room.</summary>
    /// <param name="capacity">Transitions kept, at least 1; the oldest makes way.</param>
    /// <param name="spec">Gives the sizes.</param>
    public Replay(int capacity, EnvironmentSpec spec)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _spec = spec;
        Capacity = capacity;
        _observations = new float[(long)capacity * spec.ObservationSize];
        _nextObservations = new float[(long)capacity * spec.ObservationSize];
        _nextLegal = new bool[(long)capacity * spec.Actions.LegalCount];
        _actions = new int[capacity];
        _rewards = new float[capacity];
        _discounts = new float[capacity];
    }

    /// <summary>Transitions kept at most.</summary>
    public int Capacity { get; }

    /// <summary>Bytes held when it is full.</summary>
    public long Bytes => Capacity * (8L * _spec.ObservationSize + _spec.Actions.LegalCount + 12);

    /// <summary>Transitions held.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a transition.</summary>
    /// <param name="observation">Where it began.</param>
    /// <param name="action">The chosen index.</param>
    /// <param name="reward">Sum of its discounted rewards.</param>
    /// <param name="discount">Factor of the value of <paramref name="next"/>: gamma to the number of steps, 0 where the episode terminated.</param>
    /// <param name="next">Where it led.</param>
    /// <param name="nextLegal">Legal actions there; empty without mask.</param>
    public void Add(ReadOnlySpan<float> observation, int action, float reward, float discount, ReadOnlySpan<float> next, ReadOnlySpan<bool> nextLegal)
    {
        observation.CopyTo(_observations.AsSpan(_next * _spec.ObservationSize));
        next.CopyTo(_nextObservations.AsSpan(_next * _spec.ObservationSize));
        nextLegal.CopyTo(_nextLegal.AsSpan(_next * _spec.Actions.LegalCount));
        _actions[_next] = action;
        _rewards[_next] = reward;
        _discounts[_next] = discount;
        _next = (_next + 1) % Capacity;
        Count = Math.Min(Count + 1, Capacity);
    }

    /// <summary>Draws transitions uniformly with replacement.</summary>
    /// <param name="batch">Filled.</param>
    /// <param name="random">Draws the places.</param>
    /// <exception cref="InvalidOperationException">It is empty.</exception>
    public void Sample(TransitionBatch batch, ref Randomness random)
    {
        if (Count == 0) throw new InvalidOperationException("Nothing was added yet.");
        var (size, legal) = (_spec.ObservationSize, _spec.Actions.LegalCount);
        for (var i = 0; i < batch.Size; i++)
        {
            var place = random.NextInt(Count);
            _observations.AsSpan(place * size, size).CopyTo(batch.Observations.AsSpan(i * size));
            _nextObservations.AsSpan(place * size, size).CopyTo(batch.NextObservations.AsSpan(i * size));
            _nextLegal.AsSpan(place * legal, legal).CopyTo(batch.NextLegal.AsSpan(i * legal));
            batch.Actions[i] = _actions[place];
            batch.Rewards[i] = _rewards[place];
            batch.Discounts[i] = _discounts[place];
        }
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        writer.Write((long)Count);
        writer.Write((long)_next);
        writer.Write<float>(_observations.AsSpan(0, Count * _spec.ObservationSize));
        writer.Write<float>(_nextObservations.AsSpan(0, Count * _spec.ObservationSize));
        writer.Write<bool>(_nextLegal.AsSpan(0, Count * _spec.Actions.LegalCount));
        writer.Write<int>(_actions.AsSpan(0, Count));
        writer.Write<float>(_rewards.AsSpan(0, Count));
        writer.Write<float>(_discounts.AsSpan(0, Count));
    }

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        var (count, next) = (reader.ReadLong(), reader.ReadLong());
        if (count < 0 || count > Capacity || next < 0 || next >= Capacity) throw new InvalidDataException($"The saved replay holds {count} transitions at place {next}; this one has room for {Capacity}.");
        (Count, _next) = ((int)count, (int)next);
        reader.ReadInto(_observations.AsSpan(0, Count * _spec.ObservationSize));
        reader.ReadInto(_nextObservations.AsSpan(0, Count * _spec.ObservationSize));
        reader.ReadInto(_nextLegal.AsSpan(0, Count * _spec.Actions.LegalCount));
        reader.ReadInto(_actions.AsSpan(0, Count));
        reader.ReadInto(_rewards.AsSpan(0, Count));
        reader.ReadInto(_discounts.AsSpan(0, Count));
    }
}
