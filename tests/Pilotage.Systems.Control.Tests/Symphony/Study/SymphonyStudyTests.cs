using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;
using Pilotage.Systems.Control.Symphony;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Systems.Control.Tests.Symphony.Study;

public class SymphonyStudyTests
{
    private static readonly SymphonyStudyConfig Small = new()
    {
        Method = new() { Hidden = 8, ExplorationSteps = 200, Repeats = 2, UpdatesPerStep = 1 },
        PendulumSac = new() { Hidden = [8], BatchSize = 8, LearningStarts = 100, Capacity = 1000 },
        WalkerSac = new() { Hidden = [8], BatchSize = 8, LearningStarts = 100, Capacity = 1000 },
        PendulumTd3 = new() { Hidden = [8], BatchSize = 8, LearningStarts = 100, Capacity = 1000 },
        WalkerTd3 = new() { Hidden = [8], BatchSize = 8, LearningStarts = 100, Capacity = 1000 },
        PendulumSteps = 400,
        WalkerSteps = 400,
    };

    private static readonly string? Models = FindModels();

    private static string? FindModels()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Pilotage.slnx"))) return Path.Combine(folder.FullName, "..", "shared", "data", "mjcf") is var models && Directory.Exists(models) ? models : null;
        return null;
    }

    [Fact]
    public void SmokeRun_Pendulum_MeasuresEveryArmAndDrawsItsFigures()
    {
        var study = SymphonyStudy.Create(Small, Scale.Smoke, seedCount: 2, dataFolder: null);
        var outcome = StudyRunner.Run(study, new StudyRun { Scale = Scale.Smoke });
        Assert.All(study.Arms, arm => Assert.Equal(["Pendulum-v1"], outcome.Results.Values(arm.Name, 1, "pendulum_return").Keys));
        Assert.All(study.Metrics, metric => Assert.Contains(study.Arms, arm => outcome.Results.MetricsOf(arm.Name).Contains(metric.Name)));
        Assert.All(outcome.Claims, claim => Assert.Equal(Verdict.NotEvaluated, claim.Verdict));
        double Mean(string arm, string metric) => outcome.Results.Values(arm, 0, $"pendulum_{metric}").Values.Single();
        Assert.Equal(0, Mean(SymphonyArms.Still, SymphonyMetrics.TestStrength));
        Assert.Equal(1.0 / 3, Mean(SymphonyArms.Random, SymphonyMetrics.TestStrength), 0.05);       // the mean square of a uniform number in [-1, 1]
        Assert.Equal(0.25, Mean(SymphonyArms.Random, SymphonyMetrics.TestNearLimit), 0.05);
        Assert.Equal(0, Mean(SymphonyArms.Method, SymphonyMetrics.Limit));                          // below 0.964 by construction
        Assert.True(Mean(SymphonyArms.Loud, SymphonyMetrics.Strength) > Mean(SymphonyArms.Method, SymphonyMetrics.Strength));

        var plots = study.Plots(outcome);
        Assert.Equal(["curve-pendulum", "strength-pendulum", "change-pendulum", "scale-pendulum"], plots.Select(plot => plot.Name));
        var curve = (LinePlot)plots[0];
        Assert.All(curve.Series, series => Assert.Equal([200, 400], series.X));
        Assert.All(((LinePlot)plots[1]).Series, series => Assert.Equal(1, series.Y.Sum(), 1e-9));
        Assert.All(((LinePlot)plots[3]).Series, series => Assert.Equal([1, 2], series.X));
    }

    [Fact]
    public void Arms_SameTrial_MeasureTheSameBits()
    {
        var arm = SymphonyStudy.Create(Small, Scale.Smoke, 1, null).Arms.Single(one => one.Name == SymphonyArms.Method);
        IReadOnlyList<Measurement> Run() => [.. arm.Run(new(Scale.Smoke, 1, SeedTree.Root(5)), CancellationToken.None).Where(m => !m.Metric.StartsWith(Measurement.TimingPrefix, StringComparison.Ordinal))];
        Assert.Equal(Run(), Run());
    }

    [Fact]
    public void SmokeRun_WithMujoco_MeasuresBothTasks()
    {
        Assert.SkipWhen(Models is null, "The MuJoCo models are not beside the checkout.");
        try
        {
            // 400 steps of a task of 1,000: no episode ends, so there is no return of one and no scale to show.
            var study = SymphonyStudy.Create(Small, Scale.Smoke, 1, Models);
            var outcome = StudyRunner.Run(study, new StudyRun { Scale = Scale.Smoke });
            Assert.All(study.Arms.Where(arm => arm.Name is not (SymphonyArms.NoFill or SymphonyArms.Plain or SymphonyArms.Loud)), arm => Assert.Single(outcome.Results.Values(arm.Name, 0, "halfcheetah_return")));
            Assert.Empty(outcome.Results.Values(SymphonyArms.Plain, 0, "halfcheetah_return"));
            Assert.Equal(12, study.Claims.Count);
            Assert.Equal(7, study.Plots(outcome).Count);
        }
        catch (UserMistakeException mistake) when (mistake.Message.StartsWith("PIL1001", StringComparison.Ordinal))
        {
            Assert.Skip(mistake.Message);
        }
    }

    [Fact]
    public void LaptopStudy_EveryClaim_CouldPassWithItsSeeds()
    {
        var study = SymphonyStudy.Create(new(), Scale.Laptop, null, null);
        Assert.True(study.SeedCount >= 8);
        Assert.All(study.Claims, claim => Assert.True(claim.CanPass(claim.SmallestP!(study.SeedCount)), claim.Id));
    }

    [Fact]
    public void PaperStudy_Sizes_AreThePublishedOnes()
    {
        var study = SymphonyStudy.Create(new(), Scale.Paper, null, null);
        Assert.Equal(10, study.SeedCount);
    }

    [Fact]
    public void Create_FolderWithoutModels_IsAMistake()
    {
        using var folder = new TemporaryFolder();
        var mistake = Assert.Throws<UserMistakeException>(() => SymphonyStudy.Create(Small, Scale.Smoke, 1, folder.Path));
        Snapshot.Matches(mistake.Message.Replace(folder.Path, "FOLDER", StringComparison.Ordinal), "no_models");
    }

    [Fact]
    public void Create_ImpossibleSettings_AreTold() => Snapshot.Matches(
        Assert.Throws<UserMistakeException>(() => SymphonyStudy.Create(Small with { Method = Small.Method with { Hidden = 30, ExplorationSteps = 9000 } }, Scale.Laptop, 1, null)).Message, "settings");
}
