using System.Buffers;
using Pilotage.Evaluation;
using Pilotage.Language.Groups;
using Pilotage.Language.Models;

namespace Pilotage.Systems.Language.Baselines;

/// <summary>A learner whose figures of every step are kept, for studies that judge the whole way and not its mean.</summary>
/// <param name="learner">What learns.</param>
/// <param name="names">Figures to keep; those that a learner does not have are left out.</param>
internal sealed class RecordedLearner(ILanguageLearner learner, params IReadOnlyList<string> names) : ILanguageLearner
{
    private readonly Dictionary<string, List<double>> _kept = [];

    /// <inheritdoc/>
    public LanguageModel Model => learner.Model;

    /// <inheritdoc/>
    public long Steps => learner.Steps;

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, double>> Diagnostics => learner.Diagnostics;

    /// <summary>A figure after each step; empty where the learner has none of the name.</summary>
    /// <param name="name">As in <see cref="Diagnostics"/>.</param>
    public IReadOnlyList<double> Of(string name) => _kept.TryGetValue(name, out var values) ? values : [];

    /// <inheritdoc/>
    public void Iterate(CancellationToken cancellation = default)
    {
        learner.Iterate(cancellation);
        foreach (var (name, value) in learner.Diagnostics)
        {
            if (!names.Contains(name)) continue;
            if (!_kept.TryGetValue(name, out var values)) _kept.Add(name, values = []);
            values.Add(value);
        }
    }

    /// <summary>All that was kept, as curves.</summary>
    /// <param name="task">First part of their instances.</param>
    /// <returns>Metric <c>curve_NAME</c>, instance <c>task/step</c>.</returns>
    public IEnumerable<Measurement> Curves(string task) =>
        _kept.SelectMany(pair => pair.Value.Select((value, step) => new Measurement($"curve_{pair.Key}", FormattableString.Invariant($"{task}/{step + 1:D6}"), value)));

    /// <summary>Saves the learner alone: what was kept is a study's, whose trials begin anew.</summary>
    /// <param name="writer">Receives the bytes.</param>
    public void Save(IBufferWriter<byte> writer) => learner.Save(writer);

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader) => learner.Load(ref reader);
}
