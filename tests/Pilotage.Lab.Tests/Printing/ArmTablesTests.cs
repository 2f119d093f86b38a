using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports;
using Pilotage.Lab.Printing;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Lab.Tests.Printing;

public sealed class ArmTablesTests
{
    // Two kinds of arms that share one figure of nine: no table of 52 columns holds them all.
    private static readonly StudyReport Report = new(
        StudyReport.CurrentSchema, "two-kinds", Scale.Laptop, [1], "", "managed", 0,
        [.. "abcdefghi".Select(letter => new Metric($"{letter}", $"metric {letter}", HigherIsBetter: true))],
        [
            Arm("rule", ("a", 1), ("b", 2), ("c", 3)), Arm("learner", ("a", 4), ("b", 5), ("c", 6), ("i", 7)),
            Arm("other-rule", ("d", 8), ("e", 9), ("f", 10)), Arm("other-learner", ("d", 11), ("e", 12), ("f", 13), ("i", 14)), Arm("nothing"),
        ],
        [new("learner", "rule", "a", 3, null, null, null, "", Paired: true, 1)], [], new Dictionary<string, double>(), []);

    [Fact]
    public void Of_ArmsOfTwoKinds_StandWhereTheyHaveFigures()
    {
        var text = ArmTables.Of(Report, 52);

        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= 52, line));
        Snapshot.Matches(text);
    }

    private static ArmReport Arm(string name, params (string Metric, double Mean)[] metrics) =>
        new(name, ArmKind.Method, metrics.ToDictionary(metric => metric.Metric, metric => new MetricReport(metric.Mean, metric.Mean, null, null, 1)));
}
