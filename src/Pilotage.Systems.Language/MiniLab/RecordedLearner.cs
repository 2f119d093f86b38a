using System.Buffers;
using Pilotage.Language.Groups;
using Pilotage.Language.Models;

namespace Pilotage.Systems.Language.MiniLab;

/// <summary>A learner whose figures are kept, iteration by iteration, for a study to look at afterwards.</summary>
/// <param name="inner">The learner.</param>
internal sealed class RecordedLearner(ILanguageLearner inner) : ILanguageLearner
{
    private readonly Dictionary<string, List<double>> _history = [];

    /// <inheritdoc/>
    public LanguageModel Model => inner.Model;

    /// <inheritdoc/>
    public long Steps => inner.Steps;

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, double>> Diagnostics => inner.Diagnostics;

    /// <summary>A figure of every iteration since the learner was made, in order.</summary>
    /// <param name="name">As in <see cref="Diagnostics"/>.</param>
    /// <returns>One for each iteration that had it; empty where none had.</returns>
    public IReadOnlyList<double> History(string name) => _history.TryGetValue(name, out var values) ? values : [];

    /// <inheritdoc/>
    public void Iterate(CancellationToken cancellation = default)
    {
        inner.Iterate(cancellation);
        foreach (var (name, value) in inner.Diagnostics)
        {
            if (!_history.TryGetValue(name, out var values)) _history.Add(name, values = []);
            values.Add(value);
        }
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer) => inner.Save(writer);

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader) => inner.Load(ref reader);
}
