using System.Buffers;

namespace Pilotage.Language.Groups;

/// <summary>Groups kept to learn from again, with the log-probabilities, version and hence age that they were drawn with. The oldest go first.</summary>
/// <param name="capacity">Most groups, at least 1.</param>
public sealed class GroupStore(int capacity) : ISaved
{
    private readonly Queue<ResponseGroup> _groups = new(capacity);

    /// <summary>Groups, oldest first.</summary>
    public IReadOnlyCollection<ResponseGroup> Groups => _groups;

    /// <summary>Keeps groups; beyond the capacity the oldest are forgotten.</summary>
    /// <param name="groups">In the order in which they were drawn.</param>
    public void Add(IEnumerable<ResponseGroup> groups)
    {
        foreach (var group in groups)
        {
            if (_groups.Count == capacity) _groups.Dequeue();
            _groups.Enqueue(group);
        }
    }

    /// <summary>Draws different groups that are not too old.</summary>
    /// <param name="count">How many; fewer where fewer are young enough.</param>
    /// <param name="step">The learner's step.</param>
    /// <param name="maximumAge">Older ones are left out.</param>
    /// <param name="random">The stream to draw from.</param>
    /// <returns>The groups, in random order.</returns>
    public IReadOnlyList<ResponseGroup> Sample(int count, long step, long maximumAge, ref Randomness random)
    {
        var young = _groups.Where(group => group.Age(step) <= maximumAge).ToArray();
        random.Shuffle<ResponseGroup>(young);
        return young[..Math.Min(count, young.Length)];
    }

    /// <summary>Fresh groups with stored ones beside them.</summary>
    /// <param name="fresh">Just drawn; all are taken.</param>
    /// <param name="share">Of the result that is stored ones, in [0, 1): share / (1 - share) stored ones for each fresh one, rounded.</param>
    /// <param name="step">The learner's step.</param>
    /// <param name="maximumAge">Older ones are left out.</param>
    /// <param name="random">The stream to draw from.</param>
    /// <returns>Fresh ones first.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The share lies outside [0, 1).</exception>
    public IReadOnlyList<ResponseGroup> Mix(IReadOnlyList<ResponseGroup> fresh, double share, long step, long maximumAge, ref Randomness random)
    {
        if (!(share is >= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(share), $"GroupStore: the share of stored groups is {share}; it must be in [0, 1).");
        return [.. fresh, .. Sample((int)Math.Round(fresh.Count * share / (1 - share)), step, maximumAge, ref random)];
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        writer.Write(_groups.Count);
        foreach (var group in _groups) group.Write(writer);
    }

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        var count = reader.ReadLong();
        if (count < 0 || count > capacity) throw new InvalidDataException($"The saved store holds {count} groups; this one holds at most {capacity}.");
        _groups.Clear();
        for (var i = 0; i < count; i++) _groups.Enqueue(ResponseGroup.Read(ref reader));
    }
}
