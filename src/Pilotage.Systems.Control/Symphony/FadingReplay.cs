using System.Buffers;
using Pilotage.Environments;
using Pilotage.Experience;
using Pilotage.Numerics;

namespace Pilotage.Systems.Control.Symphony;

/// <summary>A replay that first repeats what was explored until it is full, and in which transitions then fade with age instead of being cut off.</summary>
/// <remarks>
/// Source: the authors' code of arXiv:2512.10477. Of N places in order of age, i = 0 the oldest, place i is drawn with a probability in proportion to tanh((pi i / N)^e): the oldest with
/// exactly 0, the newest half with two thirds. A place is drawn uniformly and kept with its weight's probability, which takes 1.34 tries.
/// Differs from the code: a ring instead of moving every row at each step, O(1) instead of O(N). The code leaves the row that was just dropped in its newest, likeliest place until the next
/// step; here the newest place always holds the newest transition. The code drops two rows where the oldest terminated; as the oldest is never drawn, counting from the newest gives
/// the same draws without that.
/// </remarks>
internal sealed class FadingReplay : IReplay
{
    private readonly float[] _observations;
    private readonly float[] _nextObservations;
    private readonly float[] _values;
    private readonly float[] _rewards;
    private readonly float[] _discounts;
    private readonly double[] _weights;                                                   // by place in age, the largest below 1; empty for uniform draws
    private readonly int _size;
    private readonly int _dimensions;
    private readonly string _environment;

    /// <summary>Makes room.</summary>
    /// <param name="capacity">N, at least 1.</param>
    /// <param name="spec">Gives the sizes; a box of actions.</param>
    /// <param name="isFading">Whether old transitions fade; otherwise all are drawn alike.</param>
    /// <exception cref="UserMistakeException">So many observations are more than an array can hold.</exception>
    public FadingReplay(int capacity, EnvironmentSpec spec, bool isFading)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        (_size, _dimensions, _environment) = (spec.ObservationSize, spec.Actions.ValueCount, spec.Name);
        var widest = Math.Max(_size, _dimensions);
        if ((long)capacity * widest > Array.MaxLength)
            throw new UserMistakeException($"A replay of {capacity} transitions of {spec.Name} would need {(long)capacity * widest} numbers side by side; at most {Array.MaxLength} are possible. Lower explorationSteps or repeats.");
        (Capacity, Bytes) = (capacity, BytesFor(capacity, spec, isFading));
        (_observations, _nextObservations) = (new float[capacity * _size], new float[capacity * _size]);
        (_values, _rewards, _discounts) = (new float[capacity * _dimensions], new float[capacity], new float[capacity]);
        _weights = isFading ? Weights(capacity) : [];
    }

    /// <inheritdoc/>
    public int Capacity { get; }

    /// <inheritdoc/>
    public int Count { get; private set; }

    /// <summary>Where the oldest transition stands, in [0, capacity).</summary>
    public int Oldest { get; private set; }

    /// <summary>What rewards are divided by: their mean size in exploration. 1 before <see cref="Fill"/>.</summary>
    public float RewardSize { get; private set; } = 1;

    /// <inheritdoc/>
    public long Bytes { get; }

    /// <summary>Bytes that a replay would hold, told before it is made.</summary>
    /// <param name="capacity">N.</param>
    /// <param name="spec">Gives the sizes.</param>
    /// <param name="isFading">Whether it keeps a weight for each place.</param>
    public static long BytesFor(long capacity, EnvironmentSpec spec, bool isFading) => capacity * (4L * (2 * spec.ObservationSize + spec.Actions.ValueCount + 2) + (isFading ? 8 : 0));

    /// <summary>tanh((pi i / n)^e) for i = 0 to n - 1: how likely each place is, before they are made to sum to 1.</summary>
    /// <param name="count">n, at least 1.</param>
    /// <returns>Ascending from exactly 0.</returns>
    public static double[] Weights(int count)
    {
        var weights = new double[count];
        for (var i = 1; i < count; i++)
        {
            var power = Exponential.Exp(Math.E * Logarithm.Log(Math.PI * i / count));
            weights[i] = 1 - 2 / (Exponential.Exp(2 * power) + 1);                        // tanh; not Math's, whose bits are the C library's
        }
        return weights;
    }

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<float> observation, AgentAction action, float reward, float discount, ReadOnlySpan<float> next, ReadOnlySpan<bool> nextLegal)
    {
        var place = (Oldest + Count) % Capacity;
        observation.CopyTo(_observations.AsSpan(place * _size, _size));
        next.CopyTo(_nextObservations.AsSpan(place * _size, _size));
        action.Values.CopyTo(_values.AsSpan(place * _dimensions, _dimensions));
        _rewards[place] = reward / RewardSize;
        _discounts[place] = discount;
        if (Count < Capacity) Count++;
        else Oldest = (Oldest + 1) % Capacity;
    }

    /// <summary>Ends exploration: what was added is repeated, one whole copy after the other, and rewards are from now on told in units of their mean size.</summary>
    /// <param name="copies">How often the data then stand in the replay; times their number at most the capacity.</param>
    /// <exception cref="UserMistakeException">No reward was anything but 0.</exception>
    public void Fill(int copies)
    {
        if (Oldest != 0 || (long)Count * copies > Capacity) throw new InvalidOperationException($"{Count} transitions do not fit {copies} times into {Capacity} places.");
        var sum = 0.0;
        foreach (var reward in _rewards.AsSpan(0, Count)) sum += Math.Abs(reward);
        RewardSize = (float)(sum / Count);
        if (RewardSize == 0)
        {
            throw new UserMistakeException(new Mistake(
                "PIL1401", $"{_environment}: no reward was seen in the first {Count} steps, so there is no size to divide rewards by.", "",
                "Explore for longer with explorationSteps, shape the reward, or switch normFill off.").ToString());
        }
        foreach (ref var reward in _rewards.AsSpan(0, Count)) reward /= RewardSize;
        for (var copy = 1; copy < copies; copy++)
        {
            Repeat(_observations, copy, _size);
            Repeat(_nextObservations, copy, _size);
            Repeat(_values, copy, _dimensions);
            Repeat(_rewards, copy, 1);
            Repeat(_discounts, copy, 1);
        }
        Count *= copies;
    }

    /// <inheritdoc/>
    /// <remarks>The batch's weights become 1: what fades is meant to be seen less.</remarks>
    public void Sample(TransitionBatch batch, double importance, ref Randomness random)
    {
        if (Count == 0) throw new InvalidOperationException("Nothing was added yet.");
        batch.Weights.AsSpan().Fill(1);
        for (var i = 0; i < batch.Size; i++)
        {
            var age = _weights.Length == 0 ? random.NextInt(Count) : (int)((long)DrawAge(ref random) * Count / Capacity);   // before it is full, ages are stretched over the places
            var place = (Oldest + age) % Capacity;
            batch.Places[i] = place;
            _observations.AsSpan(place * _size, _size).CopyTo(batch.Observations.AsSpan(i * _size));
            _nextObservations.AsSpan(place * _size, _size).CopyTo(batch.NextObservations.AsSpan(i * _size));
            _values.AsSpan(place * _dimensions, _dimensions).CopyTo(batch.ActionValues.AsSpan(i * _dimensions));
            batch.Rewards[i] = _rewards[place];
            batch.Discounts[i] = _discounts[place];
        }
    }

    /// <inheritdoc/>
    public void Reprioritize(TransitionBatch batch, ReadOnlySpan<float> errors) { }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        writer.Write((long)Count);
        writer.Write((long)Oldest);
        writer.Write<float>([RewardSize]);
        writer.Write<float>(_observations.AsSpan(0, Count * _size));
        writer.Write<float>(_nextObservations.AsSpan(0, Count * _size));
        writer.Write<float>(_values.AsSpan(0, Count * _dimensions));
        writer.Write<float>(_rewards.AsSpan(0, Count));
        writer.Write<float>(_discounts.AsSpan(0, Count));
    }

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        var (count, oldest) = (reader.ReadLong(), reader.ReadLong());
        if (count < 0 || count > Capacity || oldest < 0 || oldest >= Capacity) throw new InvalidDataException($"The saved replay holds {count} transitions from place {oldest}; this one has room for {Capacity}.");
        (Count, Oldest) = ((int)count, (int)oldest);
        float[] size = [1];
        reader.ReadInto<float>(size);
        RewardSize = size[0];
        reader.ReadInto(_observations.AsSpan(0, Count * _size));
        reader.ReadInto(_nextObservations.AsSpan(0, Count * _size));
        reader.ReadInto(_values.AsSpan(0, Count * _dimensions));
        reader.ReadInto(_rewards.AsSpan(0, Count));
        reader.ReadInto(_discounts.AsSpan(0, Count));
    }

    private int DrawAge(ref Randomness random)
    {
        while (true)
        {
            var age = random.NextInt(Capacity);
            if (random.NextDouble() < _weights[age]) return age;
        }
    }

    private void Repeat(float[] all, int copy, int width) => all.AsSpan(0, Count * width).CopyTo(all.AsSpan(copy * Count * width));
}
