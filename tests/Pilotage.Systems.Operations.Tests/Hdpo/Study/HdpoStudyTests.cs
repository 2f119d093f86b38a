using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;
using Pilotage.Systems.Operations.Hdpo;
using Xunit;

namespace Pilotage.Systems.Operations.Tests.Hdpo.Study;

public class HdpoStudyTests
{
    private static readonly HdpoConfig Small = new()
    {
        BacklogLeadTimes = [4],
        LostLeadTimes = [1],
        WarehouseStores = 2,
        WarehouseScenarios = [4, 8],
        GraphWidth = 4,
        Store = new() { Updates = 3, Batch = 16, Scenarios = 32, Periods = 10 },
        Serial = new() { Updates = 2, Batch = 16, Scenarios = 32, Periods = 10 },
        Warehouse = new() { Updates = 2, Batch = 4, Periods = 10, ValidationPeriod = 1 },
        Rules = new() { Updates = 3, Batch = 16, Scenarios = 32, Periods = 10 },
        Records = new() { Updates = 2, Batch = 8, ValidationPeriod = 1 },
        RecordRules = new() { Updates = 2, Batch = 8 },
        ForecastUpdates = 3,
        ForecastHidden = [8],
        TestScenarios = 16,
        TestPeriods = 40,
        TestIgnored = 10,
    };

    [Fact]
    public void SmokeRun_MeasuresEveryArm_AndJudgesNothing()
    {
        var study = HdpoStudy.Create(Small, Scale.Smoke, seedCount: null, dataFolder: null);
        var outcome = StudyRunner.Run(study, new StudyRun { Scale = Scale.Smoke });
        Assert.All(outcome.Claims, claim => Assert.Equal(Verdict.NotEvaluated, claim.Verdict));
        Assert.All(study.Metrics, metric => Assert.Contains(study.Arms, arm => outcome.Results.MetricsOf(arm.Name).Contains(metric.Name)));
        Assert.Equal(["backlog/L4", "lost/L1-p4", "lost/L1-p9", "serial/L4"], outcome.Results.Values(StudyArms.Hdpo, 0, StudyMetrics.Gap).Keys);
        Assert.Equal(["warehouse/4", "warehouse/8"], outcome.Results.Values(StudyArms.Graph, 0, StudyMetrics.CostOf(StudyCells.Warehouse)).Keys);
        Assert.All(outcome.Results.Values(StudyArms.Optimum, 0, StudyMetrics.Gap).Values, gap => Assert.Equal(0, gap, 1e-12));
        Assert.Equal(8, outcome.Results.Values(RecordArms.DataDriven, 0, RecordArms.Profit).Count);
        Assert.InRange(outcome.Claims.Single(claim => claim.Claim.Id == "f-bound").Effect.Estimate, double.NegativeInfinity, 1e-4);
        Assert.Equal(["gaps", "scenarios"], study.Plots(outcome).Select(plot => plot.Name));
        Assert.All(study.Plots(outcome).OfType<LinePlot>().Single().Series, series => Assert.Equal(2, series.Y.Count));
    }

    [Fact]
    public void Arms_SameTrial_MeasureTheSameBits()
    {
        var study = HdpoStudy.Create(Small, Scale.Smoke, seedCount: null, dataFolder: null);
        foreach (var name in new[] { StudyArms.Hdpo, StudyArms.Ppo })
        {
            var arm = study.Arms.Single(a => a.Name == name);
            IReadOnlyList<Measurement> Run() => arm.Run(new(Scale.Smoke, 1, SeedTree.Root(5)), CancellationToken.None);
            Assert.Equal(Run(), Run());
        }
    }

    [Fact]
    public void Arms_LearnersFromRewards_SimulateAsManyPeriodsAsTheNetwork()
    {
        var study = HdpoStudy.Create(Small with { Store = new() { Updates = 4, Batch = 32, Scenarios = 32, Periods = 50 }, Ppo = new() { EnvironmentCount = 32, Horizon = 50, Hidden = [4] } }, Scale.Smoke, seedCount: null, dataFolder: null);
        double Periods(string name) => study.Arms.Single(a => a.Name == name).Run(new(Scale.Smoke, 0, SeedTree.Root(5)), CancellationToken.None).First(m => m.Metric == "experience").Value;
        Assert.Equal(4 * 32 * 50 / 1e6, Periods(StudyArms.Hdpo), 1e-9);
        Assert.Equal(4 * 32 * 50 / 1e6, Periods(StudyArms.Ppo), 1e-9);
    }

    [Fact]
    public void LaptopStudy_EveryClaim_CouldPass()
    {
        var study = HdpoStudy.Create(new(), Scale.Laptop, seedCount: null, dataFolder: null);
        Assert.All(study.Claims.Where(claim => claim.SmallestP is not null), claim => Assert.True(claim.CanPass(claim.SmallestP!(study.SeedCount)), claim.Id));
        Assert.True(study.SeedCount >= 8);
    }

    [Fact]
    public void Create_SettingsThatContradict_AreToldAllAtOnce()
    {
        var wrong = new HdpoConfig { BacklogLeadTimes = [4, 4], TestPeriods = 100, TestIgnored = 100, WarehouseScenarios = [64, 16] };
        Assert.Equal(3, Assert.Throws<UserMistakeException>(() => HdpoStudy.Create(wrong, Scale.Laptop, null, null)).Problems.Count);
    }

    [Fact]
    public void Warehouse_Problems_ShareTheirNetworkAndNestTheirScenarios()
    {
        var cells = StudyCells.All(new()).Where(cell => cell.Family == StudyCells.Warehouse).ToList();
        Assert.Equal([16, 64, 256], cells.Select(cell => cell.Training.Scenarios));
        Assert.All(cells, cell => Assert.Same(cells[0].Network, cell.Network));
        var few = ScenarioSet.Draw(cells[0].Network, cells[0].Process, 2, 10, SeedTree.Root(1));
        var more = ScenarioSet.Draw(cells[0].Network, cells[0].Process, 5, 10, SeedTree.Root(1));
        Assert.Equal(few.Demand, more.Demand[..few.Demand.Length]);
    }
}
