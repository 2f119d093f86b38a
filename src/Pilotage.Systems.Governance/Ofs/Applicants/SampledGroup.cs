using Pilotage.Evaluation.Statistics;

namespace Pilotage.Systems.Governance.Ofs;

/// <summary>A finite group, drawn from with replacement: its truth is counted.</summary>
internal sealed class SampledGroup : IGroup
{
    private readonly double[] _scores, _goods, _goodFrom;

    /// <param name="people">Score in [0, 1] and probability of a good outcome, at least one person.</param>
    public SampledGroup(IEnumerable<(double Score, double Good)> people)
    {
        var sorted = people.OrderBy(person => person.Score).ThenBy(person => person.Good).ToArray();
        (_scores, _goods, _goodFrom) = ([.. sorted.Select(person => person.Score)], [.. sorted.Select(person => person.Good)], new double[sorted.Length + 1]);
        for (var i = sorted.Length - 1; i >= 0; i--) _goodFrom[i] = _goodFrom[i + 1] + _goods[i];
    }

    /// <summary>Number of people.</summary>
    public int Count => _scores.Length;

    /// <summary>Scores whose logit is normal, outcome good with the score's probability: the quantiles in the middle of equal shares stand for all.</summary>
    /// <param name="mean">Of the logit.</param>
    /// <param name="deviation">Of the logit, above 0.</param>
    public static SampledGroup LogitNormal(double mean, double deviation)
    {
        const int people = 2000;
        return new(Enumerable.Range(0, people).Select(i =>
        {
            var score = 1 / (1 + Math.Exp(-(mean + deviation * NormalDistribution.Quantile((i + 0.5) / people))));
            return (score, score);
        }));
    }

    /// <inheritdoc/>
    public (double Score, double Good) Person(double uniform)
    {
        var i = (int)(uniform * _scores.Length);
        return (_scores[i], _goods[i]);
    }

    /// <inheritdoc/>
    public (double Accepted, double Good) At(double threshold)
    {
        var first = Array.BinarySearch(_scores, threshold);
        if (first < 0) first = ~first;
        while (first > 0 && _scores[first - 1] >= threshold) first--;               // of equals the first
        return ((double)(_scores.Length - first) / _scores.Length, _goodFrom[first] / _scores.Length);
    }
}
