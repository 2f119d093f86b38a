using Pilotage.Evaluation;

namespace Pilotage.Tests.Evaluation;

/// <summary>A study whose arms are drawn from known distributions: rule around 10, method around 10 plus a gap.</summary>
internal sealed class SyntheticStudy : IStudy
{
    public static Arm Rule { get; } = new("rule", ArmKind.Heuristic, (trial, _) => Days(trial, "world", mean: 10, spread: 0)) { IsDeterministic = true };

    public IReadOnlyList<Arm> Arms { get; init; } = [Rule];

    public IReadOnlyList<Claim> Claims { get; init; } = [];

    public int SeedCount { get; init; } = 8;

    public IReadOnlyList<Metric> Metrics { get; init; } = [new("return", "return", HigherIsBetter: true), new("cost", "cost in $", HigherIsBetter: false)];

    public string ReferenceArm { get; init; } = "rule";

    public static Arm Method(string name, double gap) => new(name, ArmKind.Method, (trial, _) => Days(trial, name, mean: 10 + gap, spread: 0.3));

    public static StudyResults Results(string arm, string metric, params double[][] bySeed)
    {
        var results = new StudyResults();
        AddTo(results, arm, metric, bySeed);
        return results;
    }

    public static StudyResults AddTo(StudyResults results, string arm, string metric, params double[][] bySeed)
    {
        for (var seed = 0; seed < bySeed.Length; seed++) results.Add(arm, seed, [.. bySeed[seed].Select((v, i) => new Measurement(metric, $"day-{i}", v))]);
        return results;
    }

    private static List<Measurement> Days(Trial trial, string branch, double mean, double spread)
    {
        var random = trial.Seeds.Evaluation.Branch(branch).Start();
        var level = mean + spread * random.NextNormal();
        var measurements = new List<Measurement>();
        for (var day = 0; day < 4; day++)
        {
            measurements.Add(new("return", $"day-{day}", level + 0.1 * random.NextNormal()));
            measurements.Add(new("cost", $"day-{day}", 2 * level + 0.1 * random.NextNormal()));
        }
        return measurements;
    }
}
