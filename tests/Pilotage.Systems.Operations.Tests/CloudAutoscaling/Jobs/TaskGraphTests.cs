using Pilotage.Systems.Operations.CloudAutoscaling;
using Xunit;
using static Pilotage.Systems.Operations.Tests.CloudAutoscaling.Jobs.JobWorlds;

namespace Pilotage.Systems.Operations.Tests.CloudAutoscaling.Jobs;

public class TaskGraphTests
{
    [Fact]
    public void Create_Diamond_HasTailsPathAndOrder()
    {
        var graph = TaskGraph.Create([Task("d", 5, "b", "c"), Task("b", 10, "a"), Task("c", 20, "a"), Task("a", 1)]);
        Assert.Equal([5, 15, 25, 26], graph.Tails);
        Assert.Equal((26.0, 36.0), (graph.CriticalPath, graph.TotalWork));
        Assert.Equal([3, 2, 1, 0], graph.ByTail);
        Assert.Equal([3, 1, 2, 0], graph.Order);
        Assert.Equal([1, 2], graph.Predecessors(0).ToArray());
    }

    [Fact]
    public void Create_Cycle_IsNamedFromBeginningToEnd()
    {
        var mistake = Assert.Throws<UserMistakeException>(() => TaskGraph.Create([Task("free", 1), Task("a", 1, "c", "free"), Task("b", 1, "a"), Task("c", 1, "b"), Task("after", 1, "c")]));
        Assert.Contains("'a' -> 'b' -> 'c' -> 'a'", mistake.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("after", mistake.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("free", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_TaskAfterItself_IsACycleOfOne() =>
        Assert.Contains("'a' -> 'a'", Assert.Throws<UserMistakeException>(() => TaskGraph.Create([Task("a", 1, "a")])).Message, StringComparison.Ordinal);

    [Fact]
    public void Create_ManyMistakes_AreToldAtOnce()
    {
        var mistake = Assert.Throws<UserMistakeException>(() => TaskGraph.Create([Task("a", 0), Task("a", double.NaN), Task("", 1), Task("d", 1, "nobody")]));
        Assert.Equal(5, mistake.Problems.Count);
    }

    [Fact]
    public void Generator_ManyJobs_AreWithoutCyclesAndHaveWholeSteps()
    {
        var model = new JobModel(new(), SpotMarket.Draw(new(), 100, SeedTree.Root(1)));
        var jobs = JobGenerator.Draw(model, 200, SeedTree.Root(2));
        Assert.All(jobs, job => Assert.True(job.DeadlineSeconds % 300 == 0 && job.DeadlineSeconds >= 0.8 * job.Graph.CriticalPath && job.Start is >= 0 and < 100));
        Assert.InRange(jobs.Count(job => job.Graph.CriticalPath == job.Graph.Tasks.Max(task => task.Work)), 40, 100);     // bags
        Assert.Equal(200, JobGenerator.Draw(model, 200, SeedTree.Root(2)).Zip(jobs, (a, b) => a.Graph.TotalWork == b.Graph.TotalWork && a.Start == b.Start).Count(same => same));
    }
}
