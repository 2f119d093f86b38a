using Pilotage.Evaluation.Statistics;

namespace Pilotage.Evaluation.Reports;

/// <summary>Makes the report of a study that ran.</summary>
public static class StudyReporter
{
    // The table describes, at the usual level; what is claimed is corrected in the claims.
    private static readonly EffectRule Describing = new();

    /// <summary>Summarises arms, compares each with the reference arm on the first metric, and writes out the claims.</summary>
    /// <param name="study">The study.</param>
    /// <param name="outcome">Its results.</param>
    /// <param name="origin">System, machine, backend, files.</param>
    /// <returns>The report.</returns>
    public static StudyReport Report(IStudy study, StudyOutcome outcome, ReportOrigin origin) => new(
        StudyReport.CurrentSchema, origin.System, outcome.Scale, [.. Enumerable.Range(0, study.SeedCount)], origin.Machine, origin.Backend, outcome.ElapsedSeconds,
        study.Metrics,
        [.. study.Arms.Select(arm => ArmOf(arm, study, outcome.Results))],
        [.. study.Arms.Where(arm => arm.Name != study.ReferenceArm).Select(arm => ComparisonOf(arm, study, outcome.Results)).OfType<ComparisonReport>()],
        [.. outcome.Claims.Select(ClaimOf)],
        TimingOf(study, outcome),
        origin.Files)
    {
        Plots = study.Plots(outcome),
    };

    private static ArmReport ArmOf(Arm arm, IStudy study, StudyResults results)
    {
        var metrics = new OrderedDictionary<string, MetricReport>();
        foreach (var metric in study.Metrics)
        {
            var seeds = results.SeedsOf(arm.Name).Select(seed => results.Values(arm.Name, seed, metric.Name).Values.ToArray()).Where(v => v.Length > 0).ToArray();
            if (seeds.Length == 0) continue;
            var units = arm.IsDeterministic ? seeds[0] : [.. seeds.Select(v => Sample.Mean(v))];
            var bounds = Inference.ToDescribe(units, Describing.Seeds).Bounds(Describing.ErrorPerEnd);
            metrics.Add(metric.Name, new(Sample.Mean(units), Sample.InterquartileMean(units), Finite(bounds.Low), Finite(bounds.High), units.Length));
        }
        return new(arm.Name, arm.Kind, metrics);
    }

    private static ComparisonReport? ComparisonOf(Arm arm, IStudy study, StudyResults results)
    {
        var metric = study.Metrics[0].Name;
        var reference = study.Arms.First(a => a.Name == study.ReferenceArm);
        // A bound may have been computed for some instances only: the table compares where both were measured.
        var common = Instances(results, arm.Name, metric).Intersect(Instances(results, reference.Name, metric)).ToHashSet();
        if (common.Count == 0) return null;
        var rule = Describing with
        {
            Unit = arm.IsDeterministic && reference.IsDeterministic ? Replication.Instance : Replication.Seed,
            Instances = common.Contains,
        };
        var table = UnitTable.Of(results, arm.Name, reference.Name, metric, rule.Instances);
        var units = table.Units(rule.Unit).Select(u => u.A - u.B).ToArray();
        var effect = rule.Effect(rule.OfMean(units), $"paired differences, {table.Formed(rule.Unit)}");
        var bounds = new Interval(effect.Low, effect.High);
        if (double.IsInfinity(bounds.Low)) bounds = Inference.ToDescribe(units, rule.Seeds).Bounds(rule.ErrorPerEnd);
        return new(
            arm.Name, reference.Name, metric, effect.Estimate, Finite(bounds.Low), Finite(bounds.High), Finite(effect.P), effect.Test, Paired: true, effect.Units);
    }

    private static IEnumerable<string> Instances(StudyResults results, string arm, string metric)
    {
        var seeds = results.SeedsOf(arm);
        return seeds.Select(seed => results.Values(arm, seed, metric).Keys).Aggregate((all, own) => [.. all.Union(own)]);
    }

    private static ClaimReport ClaimOf(JudgedClaim judged)
    {
        var (claim, effect) = (judged.Claim, judged.Effect);
        return new(claim.Id, claim.Text, claim.Source, claim.Unit, judged.Verdict, new(
            effect.Estimate, Finite(effect.Low), Finite(effect.High), Finite(effect.P), effect.SmallestAttainableP, effect.Units, claim.Holds.ToString(),
            claim.Level, claim.Comparisons, effect.Test, judged.Note)
        {
            IsTiming = claim.IsTiming,
        });
    }

    private static OrderedDictionary<string, double> TimingOf(IStudy study, StudyOutcome outcome)
    {
        var timing = new OrderedDictionary<string, double> { ["environment"] = 0, ["act"] = 0, ["learn"] = 0 };
        foreach (var arm in study.Arms.Select(a => a.Name))
        {
            foreach (var metric in outcome.Results.MetricsOf(arm).Where(m => m.StartsWith(Measurement.TimingPrefix, StringComparison.Ordinal)))
            {
                var name = metric[Measurement.TimingPrefix.Length..];
                var sum = outcome.Results.SeedsOf(arm).Sum(seed => outcome.Results.Values(arm, seed, metric).Values.Sum());
                timing[name] = timing.GetValueOrDefault(name) + sum;
            }
        }
        if (timing.Remove("steps", out var steps))
        {
            var seconds = timing.Values.Sum();
            if (seconds > 0) timing["stepsPerSecond"] = steps / seconds;
        }
        if (timing.Values.All(v => v == 0)) timing.Clear();             // no arm told: absent, not zero
        foreach (var (arm, seconds) in outcome.ArmSeconds) timing[$"arm:{arm}"] = seconds;
        return timing;
    }

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
