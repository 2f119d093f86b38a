using Pilotage.Lab.Sweeps.Search;

namespace Pilotage.Lab.Sweeps.Tuners;

/// <summary>After some random candidates, each next one where a Gaussian process over the settings expects the largest improvement.</summary>
/// <remarks>
/// The first candidates are those of <see cref="RandomTuner"/>. What is to be beaten is the process's own best mean at the points tried, not the best
/// score, which luck had a part in. Of a batch, each candidate after the first takes the means expected at the others for true (arXiv:1206.2944 discusses better ones).
/// A failed candidate counts as the worst that did not fail, so that its surroundings are left alone.
/// </remarks>
internal sealed class BayesianTuner : ITuner
{
    private const int Pool = 2_000, Neighbours = 200;    // points that are looked at for the next candidate, from the whole box and around the best
    private const double Nearness = 0.1;
    private readonly SearchSpace _space;
    private readonly int _trials;
    private readonly int _batch;
    private readonly SeedTree _seeds;
    private readonly List<Candidate> _first;
    private bool _isUsedUp;

    /// <param name="space">The ranges.</param>
    /// <param name="start">The default's values.</param>
    /// <param name="trials">Candidates in all, the default among them.</param>
    /// <param name="batch">Candidates of a round.</param>
    /// <param name="seeds">The tuner's node.</param>
    public BayesianTuner(SearchSpace space, IReadOnlyList<string> start, int trials, int batch, SeedTree seeds)
    {
        (_space, _trials, _batch, _seeds) = (space, trials, batch, seeds);
        var first = Math.Min(Math.Max(2, trials / 2), Math.Max(4, 2 * space.Ranges.Count + 2));
        _first = [.. RandomTuner.Candidates(space, start, Math.Min(first, trials), seeds)];
    }

    /// <inheritdoc/>
    public double Cost => _trials;

    /// <inheritdoc/>
    public int ArmCount => _trials;

    /// <inheritdoc/>
    public IReadOnlyList<Proposal> Next(IReadOnlyList<Finding> findings)
    {
        if (findings.Count == 0) return [.. _first.Select(candidate => new Proposal(candidate, 0, 1))];
        var (points, scores) = Known(findings);
        var known = findings.Select(finding => _space.Name(finding.Proposal.Candidate.Values)).ToHashSet();
        var chosen = new List<Proposal>();
        for (var index = findings.Count; index < Math.Min(_trials, findings.Count + _batch) && !_isUsedUp; index++)
        {
            var values = points.Count < 2 ? _space.Draw(_seeds.Branch("candidates").Branch(index), known) : Choose(points, scores, known, _seeds.Branch("pool").Branch(index));
            _isUsedUp = values is null;
            if (values is null) break;
            chosen.Add(new(new(index, values), 0, 1));
            known.Add(_space.Name(values));
        }
        return chosen;
    }

    private (List<double[]> Points, List<double> Scores) Known(IReadOnlyList<Finding> findings)
    {
        var worst = findings.Where(finding => !finding.IsFailed).Select(finding => finding.Score).DefaultIfEmpty(0).Min();
        var (points, scores) = (new List<double[]>(), new List<double>());
        foreach (var finding in findings)
        {
            if (_space.Coordinates(finding.Proposal.Candidate.Values) is not { } point) continue;     // a default outside of the ranges has no place among them
            points.Add(point);
            scores.Add(finding.IsFailed ? worst : finding.Score);
        }
        return (points, scores);
    }

    /// <summary>The candidate with the largest expected improvement; it joins the points with its expected mean.</summary>
    private IReadOnlyList<string>? Choose(List<double[]> points, List<double> scores, HashSet<string> known, SeedTree seeds)
    {
        var process = ProcessFit.Of(points, scores);
        var (best, at) = (double.NegativeInfinity, points[0]);
        foreach (var point in points)
        {
            var mean = process.At(point).Mean;
            if (mean > best) (best, at) = (mean, point);
        }
        (double Improvement, double Deviation, double Mean, double[] Point, IReadOnlyList<string> Values)? chosen = null;
        var seen = new HashSet<string>(known);
        foreach (var values in Places(at, seeds))
        {
            if (!seen.Add(_space.Name(values))) continue;
            var point = _space.Coordinates(values)!;
            var (mean, deviation) = process.At(point);
            var improvement = ExpectedImprovement.Of(mean, deviation, best);
            if (chosen is null || improvement > chosen.Value.Improvement || improvement == chosen.Value.Improvement && deviation > chosen.Value.Deviation)
                chosen = (improvement, deviation, mean, point, values);
        }
        if (chosen is not { } next) return null;
        points.Add(next.Point);
        scores.Add(next.Mean);
        return next.Values;
    }

    private IEnumerable<IReadOnlyList<string>> Places(double[] best, SeedTree seeds)
    {
        var random = seeds.Start();
        for (var i = 0; i < Pool + Neighbours; i++)
        {
            var values = new string[_space.Ranges.Count];
            for (int range = 0, coordinate = 0; range < values.Length; range++)
            {
                var isOrdered = _space.Ranges[range].IsOrdered;
                var isNear = i >= Pool && isOrdered;
                var place = isNear ? Math.Clamp(best[coordinate] + Nearness * random.NextNormal(), 0, 1) : random.NextDouble();
                values[range] = _space.Ranges[range].At(place);
                coordinate += isOrdered ? 1 : _space.Ranges[range].Values.Count;
            }
            yield return values;
        }
    }
}
