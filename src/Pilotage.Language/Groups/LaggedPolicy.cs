using System.Buffers;
using Pilotage.Language.Models;

namespace Pilotage.Language.Groups;

/// <summary>The policy that draws answers, some steps behind the one that learns.</summary>
/// <param name="learner">What learns; read when <see cref="Advance"/> is called.</param>
/// <param name="schedule">Which version draws when.</param>
/// <param name="seeds">Any; the weights are copied over at once.</param>
public sealed class LaggedPolicy(LanguageModel learner, LagSchedule schedule, SeedTree seeds) : ISaved
{
    private readonly SortedDictionary<long, float[]> _kept = [];

    /// <summary>The model that draws: make the generator over it.</summary>
    public LanguageModel Model { get; } = new(learner.Config, seeds, learner.Parameters.Device);

    /// <summary>The step whose weights it has.</summary>
    public long Version { get; private set; } = -1;

    /// <summary>Keeps the learner's weights where a later step will need them, and gives the model those that are due.</summary>
    /// <param name="step">The learner's updates so far; call at every step, before drawing.</param>
    public void Advance(long step)
    {
        if (IsNeeded(step)) _kept[step] = learner.Parameters.Values.ToArray();
        var due = schedule.VersionAt(step);
        if (due == Version) return;
        _kept[due].CopyTo(Model.Parameters.Values);
        Version = due;
        foreach (var old in _kept.Keys.Where(version => version < due).ToArray()) _kept.Remove(old);
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        writer.Write(Version);
        writer.Write<float>(Model.Parameters.Values);
        writer.Write(_kept.Count);
        foreach (var (version, values) in _kept)
        {
            writer.Write(version);
            writer.Write<float>(values);
        }
    }

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        Version = reader.ReadLong();
        reader.ReadInto(Model.Parameters.Values);
        _kept.Clear();
        for (var left = reader.ReadLong(); left > 0; left--)
        {
            var values = new float[learner.Parameters.Values.Length];
            var version = reader.ReadLong();
            reader.ReadInto<float>(values);
            _kept.Add(version, values);
        }
    }

    // Versions are those of refreshes less the offset, and the first.
    private bool IsNeeded(long step) => step == 0 || (step + schedule.Offset) % schedule.Interval == 0;
}
