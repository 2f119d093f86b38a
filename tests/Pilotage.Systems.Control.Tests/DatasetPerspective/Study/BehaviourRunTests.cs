using Pilotage.Experience.Datasets;
using Pilotage.Systems.Control.DatasetPerspective;
using Xunit;

namespace Pilotage.Systems.Control.Tests.DatasetPerspective.Study;

public sealed class BehaviourRunTests
{
    private static readonly DatasetPerspectiveConfig Short = new() { CartPole = new() { Steps = 3_000, LearningStarts = 200, TrainPeriod = 8, UpdatesPerPeriod = 8, Hidden = [16] } };

    [Fact]
    public void Make_CartPole_GivesFiveDataSetsOfOneSize()
    {
        var run = BehaviourRun.Make(StudyEnvironment.Find("CartPole-v1", Short), 1_500, SeedTree.Root(3), CancellationToken.None);

        Assert.Equal(["cartpole/random", "cartpole/mixed", "cartpole/replay", "cartpole/noisy", "cartpole/expert"], run.Datasets.Select(dataset => dataset.Path));
        Assert.Equal([DatasetKind.Random, DatasetKind.Mixed, DatasetKind.Replay, DatasetKind.Noisy, DatasetKind.Expert], run.Datasets.Select(dataset => dataset.Data.Origin.Kind));
        Assert.All(run.Datasets, dataset => Assert.Equal(1_500, dataset.Data.Count));
        Assert.Equal(0, run.Datasets[0].Quality);
        Assert.Equal((1, 1), (run.Datasets[2].Coverage, run.Datasets[2].LogCoverage));
        Assert.Equal(0, run.Score(run.RandomReturn));
        Assert.Equal(100, run.Score(run.BestReturn));
        Assert.All(run.Datasets, dataset => Assert.Equal(100 * dataset.Quality, run.Score(dataset.Data.MeanReturn), 1e-9));
        Assert.True(run.BestReturn >= run.Datasets[4].Data.MeanReturn);
    }

    [Fact]
    public void Make_SameSeeds_GivesTheSameData()
    {
        IReadOnlyList<StudyDataset> Make(long seed) => BehaviourRun.Make(StudyEnvironment.Find("CartPole-v1", Short), 1_500, SeedTree.Root(seed), CancellationToken.None).Datasets;
        var (one, same, other) = (Make(3), Make(3), Make(4));
        Assert.All(one.Zip(same), pair => Assert.True(pair.First.Data.Steps.Observations.SequenceEqual(pair.Second.Data.Steps.Observations)));
        Assert.All(one.Zip(other), pair => Assert.False(pair.First.Data.Steps.Observations.SequenceEqual(pair.Second.Data.Steps.Observations)));
    }

    [Fact]
    public void Find_EnvironmentsOfTheStudy_HaveThePapersDiscountsAndBins()
    {
        Assert.Equal(("cartpole", 0.95, 100), Of("CartPole-v1"));
        Assert.Equal(("mountaincar", 0.99, 100), Of("MountainCar-v0"));
        Assert.Equal(("lavagap", 0.95, 0), Of("MiniGrid-LavaGapS7-v0"));
        Assert.Equal(("MinAtar-Breakout-v1", 0.99, 0), Of("MinAtar/Breakout-v1"));

        (string, double, int) Of(string name)
        {
            var environment = StudyEnvironment.Find(name, Short);
            return (environment.Path, environment.Discount, environment.Bins.Edges);
        }
    }
}
