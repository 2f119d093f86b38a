using Pilotage.Environments;
using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports;
using Pilotage.Evaluation.Statistics;
using Pilotage.Lab.Runs;
using Pilotage.Training;

namespace Pilotage.Lab;

/// <summary>Makes the report of a training: the trained policy beside the environment's heuristic.</summary>
/// <remarks>Units are episodes of one trained policy. That says which of these two policies earns more; it says nothing of other training seeds.</remarks>
internal static class TrainingReport
{
    private const double ErrorPerEnd = 0.025;           // a two-sided interval of 95 %

    public static StudyReport Of(
        RunHeader header, EnvironmentSpec spec, EpisodeReturns trained, EpisodeReturns heuristic, ILearner learner, string parameterHash, ReportOrigin origin, double elapsedSeconds)
    {
        var algorithm = header.Algorithm!;
        // The schema numbers seeds of a study with small integers; a root seed beyond them stands in config.yaml alone.
        IReadOnlyList<int> seeds = header.Seed is >= int.MinValue and <= int.MaxValue ? [(int)header.Seed] : [];
        var metric = new Metric("return", $"return ({spec.RewardUnit} per episode)", HigherIsBetter: true);
        var (own, rule) = (MetricOf(trained), MetricOf(heuristic));
        return new(
            StudyReport.CurrentSchema, origin.System, header.Scale, seeds, origin.Machine, origin.Backend, elapsedSeconds, [metric],
            [new("heuristic", ArmKind.Heuristic, Only(own: rule)), new(algorithm, ArmKind.Method, Only(own))],
            [Compare(algorithm, trained, heuristic)], [], TimingOf(learner), origin.Files)
        {
            ParameterHash = parameterHash,
            Evaluation = new(trained.Count, own.Mean, own.Low, own.High),
        };

        OrderedDictionary<string, MetricReport> Only(MetricReport own) => new() { [metric.Name] = own };
    }

    private static MetricReport MetricOf(EpisodeReturns episodes)
    {
        var units = episodes.Returns.ToArray();
        var bounds = Inference.ToDescribe(units, Inference.DefaultSeeds).Bounds(ErrorPerEnd);
        return new(Sample.Mean(units), Sample.InterquartileMean(units), Finite(bounds.Low), Finite(bounds.High), units.Length);
    }

    private static ComparisonReport Compare(string algorithm, EpisodeReturns trained, EpisodeReturns heuristic)
    {
        var test = TInference.Welch(trained.Returns.ToArray(), heuristic.Returns.ToArray());
        var bounds = test.Bounds(ErrorPerEnd);
        var p = Math.Min(1, 2 * Math.Min(test.PAbove(0), test.PBelow(0)));
        return new(
            algorithm, "heuristic", "return", test.Estimate, Finite(bounds.Low), Finite(bounds.High), Finite(p), $"{test.Name} over episodes of one trained policy",
            Paired: false, test.Units);
    }

    private static OrderedDictionary<string, double> TimingOf(ILearner learner)
    {
        var timing = learner.Timing;
        var sum = timing.Environment + timing.Act + timing.Learn;
        var named = new OrderedDictionary<string, double> { ["environment"] = timing.Environment, ["act"] = timing.Act, ["learn"] = timing.Learn };
        if (sum > 0) named["stepsPerSecond"] = learner.Steps / sum;
        return named;
    }

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
