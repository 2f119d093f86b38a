using System.Buffers;
using Pilotage.Language.Groups;
using Pilotage.Language.Models;

namespace Pilotage.Systems.Language.LpReg.Spark;

/// <summary>A learner whose policy is asked every few steps; it learns as it would alone.</summary>
/// <param name="inner">What learns.</param>
/// <param name="probe">What is asked.</param>
/// <param name="every">Steps between two questions.</param>
internal sealed class WatchedLearner(ILanguageLearner inner, SparkProbe probe, int every) : ILanguageLearner
{
    private readonly List<double> _protected = [];

    /// <summary>Means over problems at each question, the one before the first step included.</summary>
    public List<(long Step, double UsefulWait, double Noise)> Curve { get; } = [];

    /// <summary>Mean share of tokens that were protected; 0 for a method that protects none.</summary>
    public double ProtectedShare => _protected.Count == 0 ? 0 : _protected.Average();

    /// <inheritdoc/>
    public LanguageModel Model => inner.Model;

    /// <inheritdoc/>
    public long Steps => inner.Steps;

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, double>> Diagnostics => inner.Diagnostics;

    /// <inheritdoc/>
    public void Iterate(CancellationToken cancellation = default)
    {
        if (inner.Steps == 0) Ask();
        inner.Iterate(cancellation);
        foreach (var (name, value) in inner.Diagnostics)
            if (name == "protected_share") _protected.Add(value);
        if (inner.Steps % every == 0) Ask();
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer) => inner.Save(writer);

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader) => inner.Load(ref reader);

    private void Ask()
    {
        var (useful, _, noise) = probe.Ask(Model);
        Curve.Add((Steps, useful.Average(), noise.Average()));
    }
}
