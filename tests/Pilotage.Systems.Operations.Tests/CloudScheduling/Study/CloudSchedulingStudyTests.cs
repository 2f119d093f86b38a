using Pilotage.Evaluation;
using Pilotage.Systems.Operations.CloudScheduling;
using Xunit;

namespace Pilotage.Systems.Operations.Tests.CloudScheduling.Study;

public class CloudSchedulingStudyTests
{
    private static readonly CloudSchedulingConfig Small = new()
    {
        Sequences = 2,
        Tasks = new() { Tasks = 20, MachinesOfClass = [2, 1, 1], Rules = new() { QueueOrder = QueueOrder.Shortest } },
        Jobs = new() { Jobs = 8, Visible = 4 },
        Graphs = new() { Jobs = 2, Executors = 4 },
        Hosts = new() { Hosts = 4, VirtualMachines = 8, Steps = 14 },
        Dqn = new() { Steps = 300, LearningStarts = 100, BatchSize = 16, Hidden = [8], DoubleQ = false },
        Ppo = new() { Steps = 128, EnvironmentCount = 4, Horizon = 32, Hidden = [8] },
        A2c = new() { Steps = 128, EnvironmentCount = 4, Horizon = 8, Hidden = [8] },
        Sac = new() { Steps = 200, LearningStarts = 150, BatchSize = 16, Hidden = [8] },
        Td3 = new() { Steps = 200, LearningStarts = 150, BatchSize = 16, Hidden = [8] },
        Ddpg = new() { Steps = 200, LearningStarts = 150, BatchSize = 16, Hidden = [8] },
        QueuePpo = new() { Steps = 128, EnvironmentCount = 4, Horizon = 32, Hidden = [8] },
        RulePpo = new() { Steps = 128, EnvironmentCount = 4, Horizon = 32, Hidden = [8] },
        Reinforce = new() { Steps = 100, EnvironmentCount = 4, EpisodesPerUpdate = 4, Hidden = [8] },
        PackingPpo = new() { Steps = 128, EnvironmentCount = 4, Horizon = 32, Hidden = [8] },
        Graph = new() { Iterations = 1, Rollouts = 2, Width = 4, Rounds = 1 },
        HostPpo = new() { Steps = 32, EnvironmentCount = 2, Horizon = 8, Hidden = [8] },
    };

    [Fact]
    public void SmokeRun_MeasuresEveryMetric_AndJudgesNothing()
    {
        var study = CloudSchedulingStudy.Create(Small, Scale.Smoke, seedCount: null, dataFolder: null);
        var outcome = StudyRunner.Run(study, new StudyRun { Scale = Scale.Smoke });
        Assert.All(outcome.Claims, claim => Assert.Equal(Verdict.NotEvaluated, claim.Verdict));
        Assert.All(study.Metrics, metric => Assert.Contains(study.Arms, arm => outcome.Results.MetricsOf(arm.Name).Contains(metric.Name)));
        Assert.Equal(["assignment/load-0.9/1", "assignment/load-0.9/2"], outcome.Results.Values("ppo", 0, AssignmentPart.Jct).Keys);
        Assert.Equal(["dags/twice/1", "dags/twice/2"], outcome.Results.Values(DagPart.Graph, 0, DagPart.Twice).Keys);
        Assert.Equal(["assignment", "assignment-energy", "packing", "dags", "consolidation"], study.Plots(outcome).Select(plot => plot.Name));
        Assert.Equal("fifo", study.ReferenceArm);
    }

    [Fact]
    public void Parts_MayBeRunAlone_WithTheSameFigures()
    {
        var whole = CloudSchedulingStudy.Create(Small, Scale.Smoke, null, null).Arms.Single(arm => arm.Name == "fifo").Run(new(Scale.Smoke, 1, SeedTree.Root(5)), CancellationToken.None);
        var alone = CloudSchedulingStudy.Create(Small with { Parts = ["packing"] }, Scale.Smoke, null, null).Arms.Single(arm => arm.Name == "fifo").Run(new(Scale.Smoke, 1, SeedTree.Root(5)), CancellationToken.None);
        Assert.Equal(alone, whole.Where(m => m.Metric.StartsWith("packing", StringComparison.Ordinal)));
        Assert.Equal(ConsolidationPart.Static, CloudSchedulingStudy.Create(Small with { Parts = ["consolidation"] }, Scale.Smoke, null, null).ReferenceArm);
    }

    [Theory]
    [InlineData("ppo"), InlineData("ppo-queue"), InlineData("ppo-energy"), InlineData("td3-scores"), InlineData("ddpg-scores"), InlineData("sac-scores"), InlineData("dqn-dueling-per"), InlineData("graph"), InlineData("graph-mixed"), InlineData("ppo-hosts"), InlineData("reinforce"), InlineData("ppo-eager")]
    public void Arms_SameTrial_MeasureTheSameBits(string name)
    {
        var arm = CloudSchedulingStudy.Create(Small, Scale.Smoke, null, null).Arms.Single(a => a.Name == name);
        IReadOnlyList<Measurement> Run() => arm.Run(new(Scale.Smoke, 1, SeedTree.Root(5)), CancellationToken.None);
        Assert.Equal(Run(), Run());
    }

    [Theory]
    [InlineData("ppo"), InlineData("ppo-queue"), InlineData("ppo-rules"), InlineData("sac-scores"), InlineData("graph"), InlineData("ppo-hosts"), InlineData("reinforce"), InlineData("suffrage")]
    public async Task Arms_TrialsSideBySide_MeasureWhatTheyMeasureOneByOne(string name)
    {
        const int Trials = 4;
        var longer = Small with { Sequences = 8, Tasks = Small.Tasks with { Tasks = 100 }, RulePpo = Small.RulePpo with { Steps = 32_768 } };    // long enough to meet
        var arm = CloudSchedulingStudy.Create(longer, Scale.Smoke, null, null).Arms.Single(a => a.Name == name);
        IReadOnlyList<Measurement> Run(int seed) => arm.Run(new(Scale.Smoke, seed, SeedTree.Root(5).Branch(seed)), CancellationToken.None);
        var expected = Enumerable.Range(0, Trials).Select(Run).ToArray();

        using var together = new Barrier(Trials);
        var running = Enumerable.Range(0, Trials).Select(seed => Task.Factory.StartNew(
            () =>
            {
                together.SignalAndWait();
                return Run(seed);
            }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();

        // What trials share by mistake may also keep them from ending.
        var measured = await Task.WhenAll(running).WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        Assert.Equal(expected, measured);
    }

    [Fact]
    public void LaptopStudy_EveryClaim_CouldPass()
    {
        var study = CloudSchedulingStudy.Create(new(), Scale.Laptop, seedCount: null, dataFolder: null);
        Assert.All(study.Claims.Where(claim => claim.SmallestP is not null), claim => Assert.True(claim.CanPass(claim.SmallestP!(study.SeedCount)), claim.Id));
        Assert.True(study.SeedCount >= 8);
    }

    [Fact]
    public void Create_SettingsThatContradict_AreToldAllAtOnce()
    {
        var wrong = new CloudSchedulingConfig { Parts = ["tasks"], Tasks = new() { Loads = [1.2], MachinesOfClass = [0, 0, 0], Rules = new() { BootSeconds = 30 } } };
        Testing.Snapshot.Matches(string.Join("\n", Assert.Throws<UserMistakeException>(() => CloudSchedulingStudy.Create(wrong, Scale.Laptop, null, null)).Problems), "settings");
    }
}
