using Pilotage.Algorithms.Offline;
using Pilotage.Environments;
using Pilotage.Experience.Datasets;
using Pilotage.Policies;
using Pilotage.Tensors;

namespace Pilotage.Systems.Control.DatasetPerspective;

/// <summary>Judges policies on steps that they did not learn from, without an environment.</summary>
/// <param name="data">Held back.</param>
/// <param name="config">Settings.</param>
/// <param name="device">Where networks are computed.</param>
internal sealed class LogJudge(TransitionDataset data, DatasetPerspectiveConfig config, Device? device)
{
    private const int Draws = 16;                        // of a policy that draws, from each first state

    /// <summary>Mean discounted return of the log from its first states, as far as it shows them.</summary>
    public double LoggedValue
    {
        get
        {
            var returns = new float[data.Count];
            data.ComputeReturnsToGo(config.Offline.Discount, returns);
            return data.Episodes.Average(episode => (double)returns[episode.Start]);
        }
    }

    /// <summary>Judges a policy.</summary>
    public LogJudgement Judge(IPolicy policy, SeedTree seeds, CancellationToken cancellation)
    {
        var entry = new OfflineEntry("evaluation", "Fitted evaluation", "arXiv:1903.08738", OfflineFamily.BehaviourValues, "", (OfflineConfig settings, TransitionDataset dataset, ref Randomness random, Device? where) =>
            new PolicyValues(policy, settings, dataset, ref random, where));
        var learner = new OfflineLearner(entry, config.Offline, data, seeds, device);
        DatasetPerspectiveApplication.Train(learner, config.Offline.Steps, cancellation);
        return new(ValueOfFirstStates(policy, (QNetwork)learner.Policy, seeds), Agreement(policy, seeds), (policy as SoftmaxPolicy) is { } drawing ? Entropy(drawing) : null);
    }

    private double ValueOfFirstStates(IPolicy policy, QNetwork values, SeedTree seeds)
    {
        float[] first = [.. data.Episodes.SelectMany(episode => data.Steps.Observation(episode.Start).ToArray())];
        bool[] legal = [.. data.Episodes.SelectMany(episode => data.Steps.LegalOf(episode.Start).ToArray())];
        var (rows, count) = (data.Episodes.Count, values.ActionCount);
        var table = new float[rows * count];
        values.Values(first, table);
        var (actions, random, sum) = (new ActionBatch(data.Spec.Actions, rows), seeds.Actions.Start(), 0.0);
        for (var draw = 0; draw < Draws; draw++)
        {
            policy.Act(new FrameBatch(rows, first, legal), PolicyMemory.None, ref random, actions);
            for (var row = 0; row < rows; row++) sum += table[row * count + actions.Indices[row]];
        }
        return sum / Draws / rows;
    }

    private double Agreement(IPolicy policy, SeedTree seeds)
    {
        if (policy is SoftmaxPolicy drawing)
        {
            var probabilities = Probabilities(drawing);
            var shown = data.Steps.ActionIndices;
            var sum = 0.0;
            for (var step = 0; step < data.Count; step++) sum += probabilities[step * drawing.ActionCount + shown[step]];
            return sum / data.Count;
        }
        var (actions, random) = (new ActionBatch(data.Spec.Actions, data.Count), seeds.Actions.Start());
        policy.Act(new FrameBatch(data.Count, data.Steps.Observations, data.Steps.Legal), PolicyMemory.None, ref random, actions);
        var same = 0;
        for (var step = 0; step < data.Count; step++) if (actions.Indices[step] == data.Steps.ActionIndices[step]) same++;
        return (double)same / data.Count;
    }

    private double Entropy(SoftmaxPolicy policy)
    {
        var sum = 0.0;
        foreach (var probability in Probabilities(policy)) if (probability > 0) sum -= probability * Numerics.Logarithm.Log(probability);
        return sum / data.Count;
    }

    private float[] Probabilities(SoftmaxPolicy policy)
    {
        var probabilities = new float[data.Count * policy.ActionCount];
        policy.Probabilities(data.Steps.Observations, data.Steps.Legal, probabilities);
        return probabilities;
    }
}
