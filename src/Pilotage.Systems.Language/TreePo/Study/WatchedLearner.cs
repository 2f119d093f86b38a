using System.Buffers;
using Pilotage.Evaluation;
using Pilotage.Language.Groups;
using Pilotage.Language.Models;
using Pilotage.Systems.Language.MiniLab;

namespace Pilotage.Systems.Language.TreePo;

/// <summary>A learner whose trees' figures are written down, step by step.</summary>
/// <param name="learner">Learns.</param>
/// <param name="record">Receives a measurement.</param>
/// <param name="task">The task's name.</param>
internal sealed class WatchedLearner(TreePo learner, Action<Measurement> record, string task) : ILanguageLearner
{
    private static readonly Dictionary<string, string> Names = new() { ["leaf_depth"] = StudyMetrics.Depth, ["missing_leaves"] = StudyMetrics.Missing };

    /// <inheritdoc/>
    public LanguageModel Model => learner.Model;

    /// <inheritdoc/>
    public long Steps => learner.Steps;

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, double>> Diagnostics => learner.Diagnostics;

    /// <inheritdoc/>
    public void Iterate(CancellationToken cancellation = default)
    {
        learner.Iterate(cancellation);
        foreach (var (name, value) in learner.Diagnostics)
            if (Names.TryGetValue(name, out var metric)) record(new(metric, MiniLabMetrics.Instance(task, learner.Steps), value));
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer) => learner.Save(writer);

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader) => learner.Load(ref reader);
}
