using Pilotage.Evaluation;
using Pilotage.Systems.Operations.Hdpo;
using Xunit;

namespace Pilotage.Systems.Operations.Tests.Hdpo.Study;

public class StudyClaimsTests
{
    private const int Seeds = 8;
    private static readonly IReadOnlyList<StudyCell> Cells = StudyCells.All(new());
    private static readonly IReadOnlyList<string> Arms = [.. new StudyArms(Cells, new()).All().Select(arm => arm.Name)];

    // Every arm measures every problem; what a test is about is one arm's value on one metric, with noise of its seeds.
    private static Verdict Judge(string claim, string arm, string metric, double level, double noise, Func<string, bool>? where = null)
    {
        var results = new StudyResults();
        foreach (var name in Arms)
            for (var seed = 0; seed < Seeds; seed++)
            {
                double Value(string of, string instance, double otherwise) =>
                    name == arm && metric == of && (where?.Invoke(instance) ?? true) ? level + noise * (seed % 2 == 0 ? 1.01 : -1) : otherwise;
                var measured = new List<Measurement>();
                foreach (var cell in Cells)
                {
                    measured.Add(new(StudyMetrics.CostOf(cell.Family), cell.Path, Value(StudyMetrics.CostOf(cell.Family), cell.Path, 6)));
                    if (cell.Solve is null) continue;
                    measured.Add(new(StudyMetrics.Gap, cell.Path, Value(StudyMetrics.Gap, cell.Path, 0.005)));
                    if (name == StudyArms.Optimum) measured.Add(new(StudyMetrics.OracleError, cell.Path, Value(StudyMetrics.OracleError, cell.Path, 0)));
                }
                measured.Add(new(StudyMetrics.DataLoss, StudyCells.Warehouse, Value(StudyMetrics.DataLoss, StudyCells.Warehouse, 0.3)));
                results.Add(name, seed, measured);
            }
        return JudgedClaim.Of(new StudyClaims(Cells).All().Single(c => c.Id == claim), results, Scale.Laptop).Verdict;
    }

    [Theory]
    [InlineData("a-L1", 0.004, 0.002, Verdict.Reproduced)]
    [InlineData("a-L1", 0.03, 0.002, Verdict.NotReproduced)]
    [InlineData("a-L1", 0.01, 0.01, Verdict.Inconclusive)]
    [InlineData("a-L10", 0.004, 0.002, Verdict.Reproduced)]
    [InlineData("a-L10", 0.03, 0.002, Verdict.NotReproduced)]
    [InlineData("b-L2-p9", 0.01, 0.002, Verdict.Reproduced)]
    [InlineData("b-L2-p9", 0.04, 0.002, Verdict.NotReproduced)]
    [InlineData("b-L2-p9", 0.02, 0.01, Verdict.Inconclusive)]
    [InlineData("c-L4", 0.02, 0.002, Verdict.Reproduced)]
    [InlineData("c-L4", 0.05, 0.002, Verdict.NotReproduced)]
    [InlineData("c-L4", 0.03, 0.01, Verdict.Inconclusive)]
    [InlineData("b-base-stock", 0.001, 0.001, Verdict.Reproduced)]
    [InlineData("b-base-stock", 0.02, 0.001, Verdict.NotReproduced)]
    [InlineData("b-base-stock", 0.005, 0.004, Verdict.Inconclusive)]
    [InlineData("d-ppo", 0.001, 0.001, Verdict.Reproduced)]
    [InlineData("d-ppo", 0.02, 0.001, Verdict.NotReproduced)]
    [InlineData("d-reinforce", 0.001, 0.001, Verdict.Reproduced)]
    [InlineData("d-reinforce", 0.005, 0.004, Verdict.Inconclusive)]
    public void GapClaims_NetworkShifted_GetTheVerdictOfTheShift(string claim, double level, double noise, Verdict expected) =>
        Assert.Equal(expected, Judge(claim, StudyArms.Hdpo, StudyMetrics.Gap, level, noise));

    [Fact]
    public void ClaimA_OneLeadTimeOff_FailsThereAlone()
    {
        Assert.Equal(Verdict.NotReproduced, Judge("a-L4", StudyArms.Hdpo, StudyMetrics.Gap, 0.03, 0.001, path => path == "backlog/L4"));
        Assert.Equal(Verdict.Reproduced, Judge("a-L1", StudyArms.Hdpo, StudyMetrics.Gap, 0.03, 0.001, path => path == "backlog/L4"));
    }

    [Fact]
    public void ClaimBBaseStock_OneProblemWorse_IsNotReproduced() =>
        Assert.NotEqual(Verdict.Reproduced, Judge("b-base-stock", StudyArms.Hdpo, StudyMetrics.Gap, 0.03, 0.001, path => path == "lost/L1-p4"));

    [Theory]
    [InlineData(0.005, 0.002, Verdict.Reproduced)]
    [InlineData(0.03, 0.002, Verdict.NotReproduced)]
    [InlineData(0.01, 0.01, Verdict.Inconclusive)]
    public void ClaimCEchelon_TrainedLevelsShifted_GetTheVerdictOfTheShift(double level, double noise, Verdict expected) =>
        Assert.Equal(expected, Judge("c-echelon", StudyArms.BaseStock, StudyMetrics.Gap, level, noise));

    [Theory]
    [InlineData(0.001, 0.002, Verdict.Reproduced)]
    [InlineData(-0.03, 0.002, Verdict.NotReproduced)]
    [InlineData(0.01, 0.01, Verdict.Inconclusive)]
    public void ClaimExact_SimulationOff_GetsTheVerdictOfTheError(double level, double noise, Verdict expected) =>
        Assert.Equal(expected, Judge("exact", StudyArms.Optimum, StudyMetrics.OracleError, level, noise));

    [Fact]
    public void ClaimExact_OneProblemOff_IsNotReproduced() =>
        Assert.Equal(Verdict.NotReproduced, Judge("exact", StudyArms.Optimum, StudyMetrics.OracleError, 0.03, 0.001, path => path == "serial/L4"));

    [Theory]
    [InlineData("e-16", 5.8, 0.05, Verdict.Reproduced)]
    [InlineData("e-16", 6.2, 0.05, Verdict.NotReproduced)]
    [InlineData("e-16", 6, 0.2, Verdict.Inconclusive)]
    [InlineData("e-64", 5.8, 0.05, Verdict.Reproduced)]
    [InlineData("e-64", 6.2, 0.05, Verdict.NotReproduced)]
    public void ClaimsE_GraphShifted_GetTheVerdictOfTheShift(string claim, double level, double noise, Verdict expected) =>
        Assert.Equal(expected, Judge(claim, StudyArms.Graph, StudyMetrics.CostOf(StudyCells.Warehouse), level, noise));

    [Theory]
    [InlineData(0.1, 0.05, Verdict.Reproduced)]
    [InlineData(0.5, 0.05, Verdict.NotReproduced)]
    [InlineData(0.3, 0.2, Verdict.Inconclusive)]
    public void ClaimEShrinks_DataLossShifted_GetsTheVerdictOfTheShift(double level, double noise, Verdict expected) =>
        Assert.Equal(expected, Judge("e-shrinks", StudyArms.Graph, StudyMetrics.DataLoss, level, noise));
}
