using System.Buffers;
using Pilotage.Evaluation;
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

    /// <summary>Figures as curves.</summary>
    /// <param name="task">First part of their instances.</param>
    /// <param name="names">Which; those that the learner does not have are left out.</param>
    /// <returns>Metric <c>curve_NAME</c>, instance <c>task/step</c>.</returns>
    public IEnumerable<Measurement> Curves(string task, IEnumerable<string> names) =>
        names.SelectMany(name => History(name).Select((value, step) => new Measurement($"curve_{name}", FormattableString.Invariant($"{task}/{step + 1:D6}"), value)));

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

    /// <summary>Saves the learner alone: what was kept is a study's, whose trials begin anew.</summary>
    /// <param name="writer">Receives the bytes.</param>
    public void Save(IBufferWriter<byte> writer) => inner.Save(writer);

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader) => inner.Load(ref reader);
}
