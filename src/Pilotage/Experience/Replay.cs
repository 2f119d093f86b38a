using System.Buffers;
using Pilotage.Environments;

namespace Pilotage.Experience;

/// <summary>The last transitions, of any action space, drawn uniformly with replacement. Flat memory, made once.</summary>
public sealed class Replay : IReplay
{
    private readonly float[] _observations;
    private readonly int[] _indices;
    private readonly float[] _values;
    private readonly float[] _rewards;
    private readonly float[] _discounts;
    private readonly float[] _nextObservations;
    private readonly bool[] _nextLegal;
    private readonly EnvironmentSpec _spec;

    /// <summary>Makes room.</summary>
    /// <param name="capacity">Transitions kept, at least 1; the oldest makes way.</param>
    /// <param name="spec">Gives the sizes.</param>
    /// <exception cref="UserMistakeException">So many observations are more than an array can hold.</exception>
    public Replay(int capacity, EnvironmentSpec spec)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        var widest = Math.Max(spec.ObservationSize, Math.Max(spec.Actions.IndexCount + spec.Actions.ValueCount, spec.Actions.LegalCount));
        if ((long)capacity * widest > Array.MaxLength)
            throw new UserMistakeException($"A replay of {capacity} transitions of {spec.Name} would need {(long)capacity * widest} numbers side by side; at most {Array.MaxLength} are possible. Lower capacity to {Array.MaxLength / widest}.");
        _spec = spec;
        Capacity = capacity;
        _observations = new float[capacity * spec.ObservationSize];
        _nextObservations = new float[capacity * spec.ObservationSize];
        _nextLegal = new bool[capacity * spec.Actions.LegalCount];
        _indices = new int[capacity * spec.Actions.IndexCount];
        _values = new float[capacity * spec.Actions.ValueCount];
        _rewards = new float[capacity];
        _discounts = new float[capacity];
    }

    /// <inheritdoc/>
    public int Capacity { get; }

    /// <inheritdoc/>
    public long Bytes => Capacity * (8L * _spec.ObservationSize + _spec.Actions.LegalCount + 4L * (_spec.Actions.IndexCount + _spec.Actions.ValueCount) + 8);

    /// <inheritdoc/>
    public int Count { get; private set; }

    /// <summary>Where the next transition will stand, in [0, capacity).</summary>
    public int Next { get; private set; }

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<float> observation, AgentAction action, float reward, float discount, ReadOnlySpan<float> next, ReadOnlySpan<bool> nextLegal)
    {
        observation.CopyTo(Row(_observations, Next, _spec.ObservationSize));
        next.CopyTo(Row(_nextObservations, Next, _spec.ObservationSize));
        nextLegal.CopyTo(Row(_nextLegal, Next, _spec.Actions.LegalCount));
        action.Indices.CopyTo(Row(_indices, Next, _spec.Actions.IndexCount));
        action.Values.CopyTo(Row(_values, Next, _spec.Actions.ValueCount));
        _rewards[Next] = reward;
        _discounts[Next] = discount;
        Next = (Next + 1) % Capacity;
        Count = Math.Min(Count + 1, Capacity);
    }

    /// <summary>Draws transitions uniformly with replacement. Their weights become 1.</summary>
    /// <param name="batch">Filled.</param>
    /// <param name="importance">Not read: every transition is drawn equally often.</param>
    /// <param name="random">Draws the places.</param>
    /// <exception cref="InvalidOperationException">It is empty.</exception>
    public void Sample(TransitionBatch batch, double importance, ref Randomness random)
    {
        if (Count == 0) throw new InvalidOperationException("Nothing was added yet.");
        foreach (ref var place in batch.Places.AsSpan()) place = random.NextInt(Count);
        batch.Weights.AsSpan().Fill(1);
        Read(batch);
    }

    /// <inheritdoc/>
    public void Reprioritize(TransitionBatch batch, ReadOnlySpan<float> errors) { }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        writer.Write((long)Count);
        writer.Write((long)Next);
        writer.Write<float>(_observations.AsSpan(0, Count * _spec.ObservationSize));
        writer.Write<float>(_nextObservations.AsSpan(0, Count * _spec.ObservationSize));
        writer.Write<bool>(_nextLegal.AsSpan(0, Count * _spec.Actions.LegalCount));
        writer.Write<int>(_indices.AsSpan(0, Count * _spec.Actions.IndexCount));
        writer.Write<float>(_values.AsSpan(0, Count * _spec.Actions.ValueCount));
        writer.Write<float>(_rewards.AsSpan(0, Count));
        writer.Write<float>(_discounts.AsSpan(0, Count));
    }

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        var (count, next) = (reader.ReadLong(), reader.ReadLong());
        if (count < 0 || count > Capacity || next < 0 || next >= Capacity) throw new InvalidDataException($"The saved replay holds {count} transitions at place {next}; this one has room for {Capacity}.");
        (Count, Next) = ((int)count, (int)next);
        reader.ReadInto(_observations.AsSpan(0, Count * _spec.ObservationSize));
        reader.ReadInto(_nextObservations.AsSpan(0, Count * _spec.ObservationSize));
        reader.ReadInto(_nextLegal.AsSpan(0, Count * _spec.Actions.LegalCount));
        reader.ReadInto(_indices.AsSpan(0, Count * _spec.Actions.IndexCount));
        reader.ReadInto(_values.AsSpan(0, Count * _spec.Actions.ValueCount));
        reader.ReadInto(_rewards.AsSpan(0, Count));
        reader.ReadInto(_discounts.AsSpan(0, Count));
    }

    /// <summary>Copies the transitions at the batch's places into the batch.</summary>
    internal void Read(TransitionBatch batch)
    {
        var (size, legal, indices, values) = (_spec.ObservationSize, _spec.Actions.LegalCount, _spec.Actions.IndexCount, _spec.Actions.ValueCount);
        for (var i = 0; i < batch.Size; i++)
        {
            var place = batch.Places[i];
            Row(_observations, place, size).CopyTo(batch.Observations.AsSpan(i * size));
            Row(_nextObservations, place, size).CopyTo(batch.NextObservations.AsSpan(i * size));
            Row(_nextLegal, place, legal).CopyTo(batch.NextLegal.AsSpan(i * legal));
            Row(_indices, place, indices).CopyTo(batch.ActionIndices.AsSpan(i * indices));
            Row(_values, place, values).CopyTo(batch.ActionValues.AsSpan(i * values));
            batch.Rewards[i] = _rewards[place];
            batch.Discounts[i] = _discounts[place];
        }
    }

    private static Span<T> Row<T>(T[] all, int place, int width) => all.AsSpan(place * width, width);
}
