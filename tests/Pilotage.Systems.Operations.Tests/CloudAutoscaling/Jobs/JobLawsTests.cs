using System.Buffers;
using Pilotage.Environments;
using Pilotage.Systems.Operations.CloudAutoscaling;
using Xunit;

namespace Pilotage.Systems.Operations.Tests.CloudAutoscaling.Jobs;

/// <summary>What must balance whatever is decided: random jobs, random markets, random legal additions.</summary>
public class JobLawsTests
{
    private static readonly JobSettings Settings = new() { CheckpointSeconds = 200, BidShare = 0.4, LongestEpisode = 4, MaximumMachines = 3 };

    private static JobModel Model(int seed) => new(Settings, SpotMarket.Draw(Settings, 2000, SeedTree.Root(seed)));

    private static void Additions(JobRun run, ref Randomness random, int[] additions)
    {
        for (var pool = 0; pool < additions.Length; pool++)
        {
            additions[pool] = random.NextInt(3) == 0 ? random.NextInt(3) : 0;
            while (!run.IsLegal(pool, additions[pool])) additions[pool]--;
        }
    }

    [Fact]
    public void Episodes_RandomDecisions_FinishEachTaskOnceInOrderAndBalanceWorkTimeAndMoney()
    {
        var interrupted = 0;
        for (var seed = 0; seed < 40; seed++)
        {
            var model = Model(seed);
            var job = JobGenerator.Draw(model, 1, SeedTree.Root(1000 + seed))[0];
            var run = new JobRun(model, job.Graph.Count);
            run.Reset(job);
            var (random, additions) = (new Randomness((ulong)seed), new int[model.Pools]);
            var (finishedBefore, cost, tails) = (0, 0.0, new double[job.Graph.Count]);
            var outlookBefore = JobOutlook.Of(run, tails);
            Assert.Equal(job.Graph.TotalWork, outlookBefore.Work, 1e-6);
            Assert.Equal(job.Graph.CriticalPath, outlookBefore.Path, 1e-6);
            while (!run.IsFinished && !run.IsOver)
            {
                Additions(run, ref random, additions);
                var (from, market) = (run.Now, run.MarketStep);
                var rented = Enumerable.Range(0, model.Pools).Select(pool => run.MachinesIn(pool) + additions[pool]).ToArray();
                var step = run.Step(additions);
                cost += rented.Select((count, pool) => count * model.Price(pool, market)).Sum() * (run.Now - from) / 3600;
                Assert.Equal(cost, run.Totals.Cost, 1e-9);                                   // price x time, summed
                Assert.True(run.Totals.Finished >= finishedBefore);
                finishedBefore = run.Totals.Finished;
                Assert.Equal(finishedBefore, Enumerable.Range(0, job.Graph.Count).Count(run.IsDone));
                for (var task = 0; task < job.Graph.Count; task++)
                    if (run.IsDone(task) || run.Remaining(task) < job.Graph.Tasks[task].Work)
                        foreach (var before in job.Graph.Predecessors(task)) Assert.True(run.IsDone(before), "a task began before one that it waits for");
                var totals = run.Totals;
                Assert.Equal(totals.PaidSeconds, totals.BootSeconds + totals.BusySeconds + totals.IdleSeconds, 1e-6);
                var kept = Enumerable.Range(0, job.Graph.Count).Sum(task => job.Graph.Tasks[task].Work - run.Remaining(task));
                Assert.Equal(totals.WorkDone, kept + totals.WorkLost, 1e-5);                 // work done = kept + lost
                Assert.InRange(totals.WorkDone, totals.BusySeconds - 1e-6, 2 * totals.BusySeconds + 1e-6);
                Assert.True(totals.Return <= JobBound.Return(job, model) + 1e-9 || !run.IsFinished);
            }
            interrupted += run.Totals.TasksInterrupted;
            if (run.IsFinished) Assert.Equal(job.Graph.TotalWork + run.Totals.WorkLost, run.Totals.WorkDone, 1e-5);
        }
        Assert.True(interrupted > 20, $"{interrupted}");                                     // or the laws were not tried where they are hard
    }

    [Fact]
    public void Bound_AnyRuleOnAnyJob_IsNotBeaten()
    {
        var model = Model(7);
        var cases = JobGenerator.Draw(model, 30, SeedTree.Root(8));
        foreach (var rule in new IJobRule[] { new OnDemandRule(0.1), new SpotRule(0), new SlackRule(0.2, 0), new CheapestFirstRule(0), new HeftRule(0) })
        {
            var figures = JobRuns.Figures(fleet => new JobRulePolicy(rule, fleet), model, cases, default);
            for (var i = 0; i < cases.Count; i++)
            {
                Assert.True(figures[i].Return <= JobBound.Return(cases[i], model) + 1e-9);
                if (figures[i].IsFinished) Assert.True(figures[i].Cost >= JobBound.Cost(cases[i], model) - 1e-9 && figures[i].MakespanShare * cases[i].DeadlineSeconds >= JobBound.Makespan(cases[i], model) - 1e-6);
            }
        }
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Fleet_SavedMidRun_ContinuesBitForBit(bool isJoint)
    {
        var model = Model(3);
        var cases = JobGenerator.Draw(model, 9, SeedTree.Root(5));
        JobFleet Make() => new(model, cases, 3, CaseOrder.Drawn, SeedTree.Root(6), isJoint);
        var (one, two, random) = (Make(), Make(), new Randomness(5));
        var actions = new ActionBatch(one.Spec.Actions, 3);
        void Choose()
        {
            var counts = one.Spec.Actions is ActionSpace.MultiDiscrete several ? [.. several.Counts] : new[] { one.Spec.Actions.LegalCount };
            for (var (row, at) = (0, 0); row < 3; row++)
                for (var (choice, offset) = (0, 0); choice < counts.Length; offset += counts[choice++], at++)
                    do actions.Indices[at] = random.NextInt(counts[choice]);
                    while (!one.Frames.LegalOf(row)[offset + actions.Indices[at]]);
        }
        var ended = 0;
        for (var t = 0; t < 300; t++)
        {
            Choose();
            ended += one.Step(actions).EndedRows.Length;
        }
        Assert.True(ended > 3);
        var bytes = new ArrayBufferWriter<byte>();
        one.Save(bytes);
        var reader = new SequenceReader<byte>(new(bytes.WrittenMemory));
        two.Load(ref reader);
        Assert.Equal(one.Jobs, two.Jobs);
        for (var t = 0; t < 300; t++)
        {
            Assert.Equal(one.Frames.Observations, two.Frames.Observations);
            Assert.Equal(one.Frames.Legal, two.Frames.Legal);
            Choose();
            var first = one.Step(actions);
            var second = two.Step(actions);
            Assert.Equal(first.Rewards, second.Rewards);
            Assert.Equal(first.FinalFrames.Observations, second.FinalFrames.Observations);
        }
    }
}
