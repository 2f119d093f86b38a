using Pilotage.Systems.Operations.CloudScheduling;
using Pilotage.Tensors;
using Xunit;

namespace Pilotage.Systems.Operations.Tests.CloudScheduling.Dags;

public class DagTests
{
    private static readonly JobShape Chain = JobShape.Create([new("a", 6, 2), new("b", 3, 4), new("c", 1, 1)], [(0, 1), (1, 2)]);
    private static readonly JobShape Fork = JobShape.Create([new("a", 2, 1), new("b", 4, 9), new("c", 2, 3), new("d", 1, 1)], [(0, 1), (0, 2), (1, 3), (2, 3)]);

    [Fact]
    public void Recording_FirstQuery_IsAsDescribed()
    {
        var recorded = DagShapes.Read(DagShapes.PathOf(RealData.Folder(), DagShapes.File));
        Assert.Equal(154, recorded.Count);
        var shape = recorded.Single(query => query.Name == "2g/q1").Shape;
        Assert.Equal([12, 200, 200, 5], shape.Stages.Select(stage => stage.Tasks));
        Assert.Equal([[], [0], [1], [2]], shape.Parents);
        Assert.Equal(12 * 4.2448 + 200 * 0.4078 + 200 * 0.046 + 5 * 0.2303, shape.TotalWork, 1e-9);
        Assert.Equal(39.467, recorded.Min(query => query.Shape.TotalWork), 1e-3);
    }

    [Fact]
    public void Traces_HaveTheirSizes()
    {
        var folder = RealData.Folder();
        Assert.Equal(1052, CpuTrace.Read(DagShapes.PathOf(folder, CpuTrace.TrainingFile), 288).Rows.Count);
        Assert.Equal(1033, CpuTrace.Read(DagShapes.PathOf(folder, CpuTrace.TestFile), 288).Rows.Count);
    }

    [Fact]
    public void Shape_TailsAndPath_AreTheWorkedExample()
    {
        Assert.Equal([1 + 9 + 1, 9 + 1, 3 + 1, 1], Fork.Tails);
        Assert.Equal(11, Fork.CriticalPath);
        Assert.Equal(2 + 36 + 6 + 1, Fork.TotalWork);
    }

    [Fact]
    public void MadeUpShapes_HaveNoCycles_AndSizesLikeTheRecorded()
    {
        var shapes = DagShapes.Generated();
        Assert.InRange(shapes.Average(shape => shape.Stages.Count), 5, 12);
        Assert.InRange(shapes.Average(shape => shape.TotalWork), 50, 1500);
    }

    [Fact]
    public void InputBaseline_OtherPlays_AreReadAtTheTimeOfTheDecision()
    {
        List<(List<double> Times, List<double> Left)> plays = [([0, 4, 10], [20, 8, 0]), ([0, 2, 6], [12, 6, 0]), ([0, 8], [16, 0])];
        var advantages = new float[2];
        InputBaseline.Fill(plays, 0, advantages);
        Assert.Equal((12 + 16) / 2f - 20, advantages[0], 1e-6f);
        Assert.Equal((3 + 8) / 2f - 8, advantages[1], 1e-6f);                               // halfway between 6 and 0; half of 16
        Assert.Equal(0, InputBaseline.LeftAt(plays[1], 7));
        Assert.Equal(5, InputBaseline.LeftAt(([3, 5, 5, 9], [9, 5, 4, 0]), 5));              // the first of several decisions of one moment
    }

    [Fact]
    public void InputBaseline_EqualPlays_HaveNoAdvantage()
    {
        List<(List<double> Times, List<double> Left)> plays = [([0, 4, 10], [20, 8, 0]), ([0, 4, 10], [20, 8, 0])];
        var advantages = new float[2];
        InputBaseline.Fill(plays, 1, advantages);
        Assert.Equal([0, 0], advantages);
    }

    [Fact]
    public void View_ShowsStagesThatAreLeft_AndWhichCanBegin()
    {
        var (cluster, batch) = (Started([new("chain", 0, Chain), new("fork", 0, Fork)], 3), new GraphBatch(GraphLayout.For([Chain, Fork])));
        var view = new GraphView(1);
        Assert.True(view.Write(cluster, batch));
        Assert.Equal([3, 4], batch.NodeCounts.ToArray());
        Assert.Equal([0, 3], view.Stages.ToArray());                                         // the first stage of each job
        Assert.Equal([0, 4], batch.Candidates.ToArray());                                    // four nodes a job, padding included
        Assert.Equal([1, -1, 2, -1, -1, -1, -1, -1, 1, 2, 3, -1, 3, -1, -1, -1], batch.Neighbours.ToArray());
        Assert.Equal(1, batch.Features[3]);                                                  // all executors are free
        cluster.Place(3, 0);
        cluster.Place(3, 1);
        cluster.Place(0, 2);
        batch.Clear();
        Assert.False(view.Write(cluster, batch));                                            // no executor is free
        Assert.Equal(0, batch.Count);
    }

    [Fact]
    public void Grant_GivesExecutorsUpToTheLimit_OfTheJobNotTheStage()
    {
        var cluster = Started([new("chain", 0, Chain), new("fork", 0, Fork)], 8);
        cluster.Place(0, 0);
        var grant = new GraphGrant(0, 4);
        var placed = 0;
        while (grant.TryPlace(cluster)) placed++;
        Assert.Equal((3, 4), (placed, cluster.JobAt(0).Executors));
        Assert.False(default(GraphGrant).TryPlace(cluster));
        var legal = new bool[6];
        GraphView.WriteLimits(cluster, 0, GraphLayout.For([Chain]), legal);
        Assert.Equal([false, false, false, false, true, true], legal);                       // of 8: 1, 2, 3, 4, 6, 8; the job has 4
    }

    [Fact]
    public void Grant_ThatGivesNothing_IsRefusedWithItsCause()
    {
        var cluster = Started([new("chain", 0, Chain), new("fork", 0, Fork)], 3);
        new GraphGrant(0, 2).PlaceFirst(cluster);
        new GraphGrant(0, 2).PlaceFirst(cluster);
        Assert.Equal("A limit of 2 executors for stage 0 grants nothing: its job has 2, the stage 4 tasks to place and 0 stages to wait for. Such a limit must be masked.",
            Assert.Throws<InvalidOperationException>(() => new GraphGrant(0, 2).PlaceFirst(cluster)).Message);
        Assert.Contains("3 tasks to place and 1 stages to wait for", Assert.Throws<InvalidOperationException>(() => new GraphGrant(1, 3).PlaceFirst(cluster)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Limits_ThatAreShown_AllGrantSomething()
    {
        var layout = GraphLayout.For([Chain]);
        for (var running = 0; running < 8; running++)
            for (var limit = 0; limit < layout.Limits.Count; limit++)
            {
                var cluster = Started([new("chain", 0, JobShape.Create([new("a", 9, 2)], []))], 8);
                for (var i = 0; i < running; i++) cluster.Place(0, i);
                var legal = new bool[layout.Limits.Count];
                GraphView.WriteLimits(cluster, 0, layout, legal);
                if (legal[limit]) new GraphGrant(0, layout.Executors(limit, 8)).PlaceFirst(cluster);
            }
    }

    [Fact]
    public void Network_JobsInAnotherOrder_AreScoredInThatOrder()
    {
        var layout = GraphLayout.For([Chain, Fork]);
        var network = Moved(new(layout, 8, 2, SeedTree.Root(1)));
        var (straight, turned) = (Scores([new("chain", 0, Chain), new("fork", 0, Fork)]), Scores([new("fork", 0, Fork), new("chain", 0, Chain)]));
        Assert.Equal([straight[1], straight[0]], turned, (a, b) => Math.Abs(a - b) < 1e-5f);
        Assert.True(Math.Abs(straight[0] - straight[1]) > 1e-3f);

        float[] Scores(IReadOnlyList<Job> jobs)
        {
            var batch = new GraphBatch(layout);
            new GraphView(10).Write(Started(jobs, 3), batch);
            using var step = Step.Begin(gradient: Gradient.None);
            var scores = new float[2];
            network.Stages(batch, out _).CopyTo(scores);
            return scores;
        }
    }

    [Fact]
    public void Network_DecisionsSideBySide_AreTheSameBitsAsAlone_AndPaddingHasNoProbability()
    {
        var layout = GraphLayout.For([Chain, Fork]);
        var network = Moved(new(layout, 8, 2, SeedTree.Root(1)));
        var (one, two, both) = (new GraphBatch(layout), new GraphBatch(layout), new GraphBatch(layout));
        new GraphView(10).Write(Started([new("chain", 0, Chain), new("fork", 0, Fork), new("again", 0, Fork)], 3), one);
        new GraphView(10).Write(Started([new("fork", 0, Fork)], 2), two);
        both.Add(one, 0);
        both.Add(two, 0);
        using var step = Step.Begin(gradient: Gradient.None);
        var (alone, beside, single) = (new float[3], new float[6], new float[1]);
        network.Stages(one, out _).CopyTo(alone);
        network.Stages(two, out _).CopyTo(single);
        network.Stages(both, out _).CopyTo(beside);
        Assert.Equal(alone, beside[..3]);
        Assert.Equal(single[0], beside[3]);
        Assert.True(beside[4] < -1e30 && beside[5] < -1e30);
    }

    [Fact]
    public void Training_TwoKindsOfJobs_ComesBelowRandomAndFifo_AndIsTheSameTwice()
    {
        var (small, large) = (JobShape.Create([new("s", 2, 1)], []), JobShape.Create([new("l", 12, 6)], []));
        var world = new DagWorld(new() { Executors = 2, Jobs = 6, SwitchSeconds = 0 }, [small, large], ArrivalKind.Batch);
        var config = new GraphTraining { Iterations = 12, Rollouts = 6, Width = 8, Rounds = 1, LearningRate = 1e-2, BatchSize = 64 };
        var (first, second) = (Trained(), Trained());
        Assert.Equal(first.Network.Parameters.Values.ToArray(), second.Network.Parameters.Values.ToArray());
        double Mean(Func<SeedTree, IScheduler> make) => SequenceTests.Run(world, 20, SeedTree.Root(8).Evaluation, make).Average(figures => figures.MeanCompletion);
        var learned = Mean(_ => new GraphScheduler(first.Network, GraphLayout.For([small, large])));
        Assert.True(learned < 0.9 * Mean(_ => OrderRule.Fifo()), $"{learned} against {Mean(_ => OrderRule.Fifo())}");

        GraphPolicyGradient Trained()
        {
            var trainer = new GraphPolicyGradient(config, world, GraphLayout.For([small, large]), SeedTree.Root(3));
            while (trainer.Iterations < config.Iterations) trainer.Iterate();
            return trainer;
        }
    }

    private static ClusterSimulation Started(IReadOnlyList<Job> jobs, int executors)
    {
        var cluster = new ClusterSimulation(new() { KeepsStage = true });
        cluster.Begin(ClusterProblem.Create(Clusters.Speeds([.. Enumerable.Repeat(1.0, executors)]), jobs));
        Assert.True(cluster.Advance());
        return cluster;
    }

    private static GraphNetwork Moved(GraphNetwork network)
    {
        for (var i = 0; i < network.Parameters.Values.Length; i++) network.Parameters.Values[i] += (i * 29 % 31 - 15) / 60f;
        return network;
    }

    [Fact]
    public void MixedWorld_DrawsFromEitherByItsShare()
    {
        var settings = new DagSettings { Jobs = 3, Executors = 4 };
        var (batch, poisson) = (new DagWorld(settings, [Chain, Fork], ArrivalKind.Batch), new DagWorld(settings, [Chain, Fork], ArrivalKind.Poisson));
        Assert.Equal(0, CountOfOneByOne(0));
        Assert.Equal(200, CountOfOneByOne(1));
        Assert.InRange(CountOfOneByOne(0.25), 26, 74);                                       // 50, and four deviations of 6.1

        int CountOfOneByOne(double share)
        {
            var (mixed, random) = (new MixedWorld(batch, poisson, share), SeedTree.Root(4).Start());
            return Enumerable.Range(0, 200).Count(_ => mixed.Draw(ref random).Jobs.Any(job => job.Arrival > 0));
        }
    }
}
