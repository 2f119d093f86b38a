using Pilotage.Evaluation;
using Pilotage.Evaluation.Statistics;

namespace Pilotage.Systems.Governance.DelayedRepression;

/// <summary>The paper's statements as tests: the bifurcation against its closed form, and who runs away when.</summary>
/// <param name="design">The cells that were lived through.</param>
internal sealed class StudyClaims(SocietyDesign design)
{
    /// <summary>A rate whose interval lies below this is called none: fifty runs without one show that at most 7 % do.</summary>
    public const double Negligible = 0.10;

    private const string Theory = "arXiv:2605.30392, section 3";
    private const string Simulation = "arXiv:2605.30392, section 4";
    private const int LeastRuns = 40;                    // none of 40 is below 0.10 at 95 %; fewer could not pass
    private const int LeastLoops = 20;

    private SocietyCell First => design.Crossed[0];

    private SocietyCell Last => design.Crossed[^1];

    /// <summary>All claims.</summary>
    public IReadOnlyList<Claim> All() =>
    [
        new("a", "The delay at which the equation starts to swing is within 2 % of pi / (2 b) for every loop", Theory, Replication.Instance, FarthestFromFormula, Region.Below(0.02), LeastLoops),
        new("b", "Just beyond the critical delay the squared amplitude grows linearly (R²)", Theory, Replication.Instance, Linearity, Region.Above(0.95), MinimumUnits: 8),
        new("b-inside", "No solution leaves (0, 1), at any delay", Theory, Replication.Instance, LeastMargin, Region.Above(0), MinimumUnits: 8),
        Rates("c", "Fixed agents never run away: in no cell, by neither rule", Region.Below(Negligible),
            results => Greatest([.. design.Crossed.SelectMany(cell => new[] { StudyMetrics.Full, StudyMetrics.Tail }.Select(metric => Rate.Of(results, StudyArms.Fixed, metric, cell.Path)))])),
        Rates("d-none", "Reactive agents without a delay do not run away", Region.Below(Negligible), results => Rate.Of(results, StudyArms.Reactive, StudyMetrics.Full, First.Path).Effect()),
        Rates("d", "Reactive agents run away in at least 80 % of the runs from a delay of 8, by the whole run", Region.Above(0.8), results => Least([.. Long.Select(cell => Rate.Of(results, StudyArms.Reactive, StudyMetrics.Full, cell.Path))])),
        Rates("d-tail", FormattableString.Invariant($"At a delay of {Last.Delay} most reactive runs are still above the limit in their second half"), Region.Above(0.5), results => Rate.Of(results, StudyArms.Reactive, StudyMetrics.Tail, Last.Path).Effect()),
        Rates("e-above", FormattableString.Invariant($"At a delay of {Last.Delay} learning agents run away more often than fixed ones: the intervals are apart"), Region.Above(0), Apart),
        Paired(0.01).Claim("e-below", FormattableString.Invariant($"At a delay of {Last.Delay} learning agents run away less often than reactive ones, on the same graphs"), Simulation, Region.Below(0),
            (results, rule) => PairedEffect.Of(results, StudyArms.Learning, StudyArms.Reactive, StudyMetrics.Full, rule with { Instances = cell => cell == Last.Path }), LeastRuns),
        Rates("f", "Learning agents run away the more often the longer the delay: trend of Cochran and Armitage (z)", Region.Above(0), results => Trend(results, StudyMetrics.Full, design.Crossed, cell => cell.Delay)),
        Rates("f-sweep", "The same under a sharp response, k = 20 (z)", Region.Above(0), results => Trend(results, StudyMetrics.SweepFull, design.Sweep, cell => cell.Delay)),
        Rates("f-sharpness", "At a delay of 15 learning agents run away the more often the sharper the response (z)", Region.Above(0), results => Trend(results, StudyMetrics.SharpnessFull, design.Sharpness, cell => Math.Log(cell.Sharpness))),
        Paired(0.05).Claim("f-tail", FormattableString.Invariant($"Learning agents sustain it: in the second half, more runs are above the limit at a delay of {Last.Delay} than at none, by over a tenth"), Simulation, Region.Above(0.1),
            (results, rule) => Longer(results, rule), LeastRuns),
        Paired(0.05).Claim("g", "A regulator that learns lowers how often learning agents run away at a delay of 6", Simulation, Region.Below(0),
            (results, rule) => PairedEffect.Of(results, StudyArms.Governed, StudyArms.Learning, StudyMetrics.GovernanceFull, rule), LeastRuns),
    ];

    private IEnumerable<SocietyCell> Long => design.Crossed.Where(cell => cell.Delay >= 8);

    private static Claim Rates(string id, string text, Region holds, Func<StudyResults, Effect> measure) => new(id, text, Simulation, Replication.Seed, measure, holds, LeastRuns);

    private static EffectRule Paired(double level) => new() { Unit = Replication.Seed, Level = level, Sides = Sides.Two };

    // That all cells hold is shown at the full level of each (intersection-union); that one does not is read off an interval corrected for having chosen the worst.
    private static Effect Greatest(IReadOnlyList<Rate> rates) => Of(rates, rates.MaxBy(rate => rate.Share), (single, joint) => new(joint.Low, single.High));

    private static Effect Least(IReadOnlyList<Rate> rates) => Of(rates, rates.MinBy(rate => rate.Share), (single, joint) => new(single.Low, joint.High));

    private static Effect Of(IReadOnlyList<Rate> rates, Rate worst, Func<Interval, Interval, Interval> ends)
    {
        var interval = ends(worst.Interval(), worst.Interval(rates.Count));
        return new(worst.Share, interval.Low, interval.High, rates.Min(rate => rate.Runs), SmallestAttainableP: 0)
        {
            Test = FormattableString.Invariant($"worst of {rates.Count} cells: {worst.Count} of {worst.Runs} runs; Wilson interval, its end against the claim corrected for {rates.Count} cells"),
        };
    }

    private Effect Apart(StudyResults results)
    {
        var (learning, still) = (Rate.Of(results, StudyArms.Learning, StudyMetrics.Full, Last.Path), Rate.Of(results, StudyArms.Fixed, StudyMetrics.Full, Last.Path));
        var (a, b) = (learning.Interval(), still.Interval());
        return new(learning.Share - still.Share, a.Low - b.High, a.High - b.Low, learning.Runs, SmallestAttainableP: 0)
        {
            Test = FormattableString.Invariant($"{learning.Count} and {still.Count} of {learning.Runs} runs; ends of two Wilson intervals"),
        };
    }

    private static Effect Trend(StudyResults results, string metric, IReadOnlyList<SocietyCell> cells, Func<SocietyCell, double> score)
    {
        const double level = 0.01;
        var rates = cells.Select(cell => Rate.Of(results, StudyArms.Learning, metric, cell.Path)).ToList();
        var z = Proportion.Trend([.. rates.Select(rate => rate.Count)], [.. rates.Select(rate => rate.Runs)], [.. cells.Select(score)]);
        var half = NormalDistribution.Quantile(1 - level / 2);
        return new(z, z - half, z + half, rates.Min(rate => rate.Runs), SmallestAttainableP: 0)
        {
            P = 2 * (1 - NormalDistribution.Cdf(Math.Abs(z))),
            Test = FormattableString.Invariant($"Cochran-Armitage, rates {string.Join(", ", rates.Select(rate => FormattableString.Invariant($"{rate.Share:0.00}")))}; two-sided, level {level}"),
        };
    }

    private Effect Longer(StudyResults results, EffectRule rule)
    {
        double[] differences = [.. results.SeedsOf(StudyArms.Learning).Select(seed => results.Values(StudyArms.Learning, seed, StudyMetrics.Tail)).Select(tail => tail[Last.Path] - tail[First.Path])];
        var inference = Inference.OfMean(differences, rule.Seeds);
        var bounds = inference.Bounds(rule.ErrorPerEnd);
        return new(inference.Estimate, bounds.Low, bounds.High, inference.Units, 2 * inference.SmallestP) { P = Math.Min(1, 2 * inference.PAbove(0.1)), Test = $"{inference.Name}; paired differences by seed; two-sided" };
    }

    // Numerical statements about one equation, not estimates: the worst case is the effect, without an interval.
    private static Effect FarthestFromFormula(StudyResults results)
    {
        var (formula, measured) = (results.Values(StudyArms.ClosedForm, 0, StudyMetrics.CriticalDelay), results.Values(StudyArms.Solver, 0, StudyMetrics.CriticalDelay));
        var farthest = formula.Max(loop => Math.Abs(measured[loop.Key] / loop.Value - 1));
        return new(farthest, farthest, farthest, formula.Count, SmallestAttainableP: 0) { Test = FormattableString.Invariant($"greatest of {formula.Count} relative distances") };
    }

    private static Effect LeastMargin(StudyResults results)
    {
        var margins = results.Values(StudyArms.Solver, 0, StudyMetrics.Margin);
        var least = margins.Values.Min();
        return new(least, least, least, margins.Count, SmallestAttainableP: 0) { Test = FormattableString.Invariant($"least of {margins.Count} distances from the borders") };
    }

    private static Effect Linearity(StudyResults results)
    {
        var amplitudes = results.Values(StudyArms.Solver, 0, StudyMetrics.Amplitude);
        var fit = LineFit.Of([.. StudyArms.JustBeyond.Select(multiple => (multiple - 1, Math.Pow(amplitudes[StudyArms.BeyondPath(multiple)], 2)))]);
        return new(fit.Determination, fit.Determination, fit.Determination, StudyArms.JustBeyond.Count, SmallestAttainableP: 0) { Test = FormattableString.Invariant($"least squares over {StudyArms.JustBeyond.Count} delays") };
    }
}
