using Pilotage.Algorithms;
using Pilotage.Environments;
using Pilotage.Policies;
using Pilotage.Systems.Operations.CloudScheduling;
using Pilotage.Training;
using Xunit;

namespace Pilotage.Systems.Operations.Tests.CloudScheduling.Decisions;

public class ViewTests
{
    private static readonly AssignmentWorld World = new(new() { Tasks = 25, MachinesOfClass = [2, 1, 1] }, 0.9);

    [Theory]
    [InlineData(true), InlineData(false)]
    public void Rewards_SumToMinusTheSumOfCompletionTimes_ForeseenOrNot(bool foresees)
    {
        var view = new MachineView(World);
        var rows = ClusterEnvironment.Rows(1, World, view, new(1, Foresees: foresees), SeedTree.Root(3));
        var (actions, random) = (new ActionBatch(view.Spec.Actions, 1), SeedTree.Root(4).Start());
        var sum = 0.0;
        for (var step = 0; step < 25; step++)
        {
            new RandomPolicy().Act(rows.Frames, PolicyMemory.None, ref random, actions);
            var transition = rows.Step(actions);
            sum += transition.Rewards[0];
            Assert.Equal(step == 24 ? End.Terminated : End.Running, transition.Ends[0]);      // one decision a task
        }
        // The same sequence and the same choices in a simulation of its own.
        var (own, draws) = (SeedTree.Root(3).Environments.Branch(0).Start(), SeedTree.Root(4));
        var cluster = new ClusterSimulation(World.Rules);
        Scheduling.Run(cluster, World.Draw(ref own), new PolicyScheduler(new RandomPolicy(), view, draws));
        Assert.Equal(-cluster.Meter.JobSeconds, sum, 1e-3);
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public void Rewards_OfTasksFromOneQueue_SumToMinusTheSumOfCompletionTimesToo(bool foresees)
    {
        var view = new QueueView(World);
        var rows = ClusterEnvironment.Rows(1, World, view, new(1, Foresees: foresees), SeedTree.Root(3));
        var actions = new ActionBatch(view.Spec.Actions, 1);
        var (sum, end) = (0.0, End.Running);
        while (end == End.Running)
        {
            actions.Indices[0] = rows.Frames.LegalOf(0).IndexOf(true);                      // the shortest that could begin, or waiting
            var transition = rows.Step(actions);
            (sum, end) = (sum + transition.Rewards[0], transition.Ends[0]);
        }
        var own = SeedTree.Root(3).Environments.Branch(0).Start();
        var cluster = new ClusterSimulation(World.Rules);
        Scheduling.Run(cluster, World.Draw(ref own), OrderRule.ShortestPath());
        Assert.Equal(-cluster.Meter.JobSeconds, sum, 1e-3);
    }

    // Both take 50 J a unit of work. x: 4 s on a; y: 2 s on b; z behind it, 2 + 3 s.
    private static readonly ClusterProblem Three = ClusterProblem.Create(
        [new("a", 1, 1, 1, 100, 150), new("b", 1, 1, 2, 60, 160)], [Job.Single("x", 0, 4), Job.Single("y", 0, 4), Job.Single("z", 0, 6)]);

    [Theory]
    [InlineData(false, 100 * 5 + 60 * 5)]                                                  // all are on until the last is done
    [InlineData(true, 100 * 4 + 60 * 5)]
    public void Foreseen_IdlePower_IsCountedWhileMachinesAreKeptOn(bool powersDown, double idle)
    {
        var cluster = new ClusterSimulation(new() { IdleSeconds = powersDown ? 60 : null, BootSeconds = powersDown ? 0 : null });
        cluster.Begin(Three);
        cluster.Advance();
        Assert.Equal((0, 0), ClusterReward.Foreseen(cluster));
        cluster.Place(0, 0);
        cluster.Place(1, 1);
        cluster.Place(2, 1);
        var (seconds, joules) = ClusterReward.Foreseen(cluster);
        Assert.Equal(4 + 2 + 5, seconds, 1e-12);
        Assert.Equal(50 * (4 + 4 + 6) + idle, joules, 1e-9);
        if (powersDown) return;
        Assert.False(cluster.Advance());
        Assert.Equal((0, 0), ClusterReward.Foreseen(cluster));
        Assert.Equal(joules, cluster.Meter.TotalJoules, 1e-9);                               // what was foreseen is what it took
    }

    [Fact]
    public void MachineView_ShowsWhatATaskTakes_AndHowLongItWouldKeepAllMachinesOn()
    {
        var (world, cluster) = (new UserWorld(Three, new()), new ClusterSimulation(new()));
        var view = new MachineView(world);
        cluster.Begin(Three);
        cluster.Advance();
        cluster.Place(0, 0);
        cluster.Place(1, 1);
        var (seen, legal) = (new float[view.Spec.ObservationSize], new[] { true, true });
        view.Show(cluster, new(seen, legal));
        double Shown(string name) => seen[view.Spec.ObservationNames!.ToList().IndexOf(name)];
        double Log(double value) => Math.Log(1 + value / (7.0 / 3));                         // ideal times of 2, 2 and 3 s
        Assert.Equal(Log(4), Shown("a wait"), 1e-5);
        Assert.Equal(Log(4 + 6), Shown("a end"), 1e-5);
        Assert.Equal(Log(10 - 4), Shown("a past the end"), 1e-5);
        Assert.Equal(Log(5 - 4), Shown("b past the end"), 1e-5);
        Assert.Equal(Log(50.0 * 6 / (50 * 2)), Shown("b joules"), 1e-5);
        Assert.Equal(1, Shown("a on"));
    }

    [Fact]
    public void QueueView_ShowsTheShortestThatCouldBegin_ShortestFirst_AndWaitingWhereNoneCould()
    {
        var problem = ClusterProblem.Create(
            [new("slow", 1, 1, 1), new("fast", 2, 2, 4)], [Job.Single("long", 0, 9), Job.Single("wide", 0, 2, cores: 2), Job.Single("short", 0, 4), Job.Single("equal", 0, 4)]);
        var (view, cluster, log) = (new QueueView(new UserWorld(problem, new())), new ClusterSimulation(new()), new ScheduleLog());
        cluster.Begin(problem, log);
        cluster.Advance();
        Assert.Equal([2.0, 4, 4, 9], Works(4));
        view.Take(cluster, 1);                                                               // short, on the fast machine
        cluster.Advance();
        Assert.Equal([4.0, 9], Works(2));                                                    // wide no longer fits
        view.Take(cluster, 1);
        cluster.Advance();
        view.Take(cluster, 0);                                                               // equal: only the slow machine is left
        cluster.Advance();
        Assert.Equal([], Works(0));
        view.Take(cluster, QueueView.Visible);
        cluster.Advance();
        Assert.Equal(1, cluster.Now);
        Assert.Equal([1, 1, 0], log.Tasks.Select(run => run.Machine));

        double[] Works(int count)
        {
            var (seen, legal) = (new float[view.Spec.ObservationSize], Enumerable.Repeat(true, QueueView.Visible + 1).ToArray());
            view.Show(cluster, new(seen, legal));
            Assert.Equal([.. Enumerable.Range(0, QueueView.Visible).Select(i => i < count), count == 0], legal);
            var size = view.Spec.Candidates!.Features;
            return [.. Enumerable.Range(0, count).Select(i => Math.Round((Math.Exp(seen[i * size + 1]) - 1) * problem.Ideal.Average() * 4, 3))];
        }
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public void Rewards_SlowdownAndEnergy_SumToTheirFigures(bool foresees)
    {
        var view = new MachineView(World);
        var rows = ClusterEnvironment.Rows(1, World, view, new(0, Slowdown: 1, Joule: 1e-3, Foresees: foresees), SeedTree.Root(3));
        var actions = new ActionBatch(view.Spec.Actions, 1);
        var sum = 0.0;
        for (var step = 0; step < 25; step++) sum += rows.Step(actions).Rewards[0];
        var own = SeedTree.Root(3).Environments.Branch(0).Start();
        var figures = Scheduling.Run(new(World.Rules), World.Draw(ref own), new DispatchRule((_, _) => 0));
        var again = SeedTree.Root(3).Environments.Branch(0).Start();
        var before = 1e-3 * World.Machines.Sum(machine => machine.IdleWatts) * World.Draw(ref again).Jobs[0].Arrival;      // before the first decision nothing is anybody's doing
        Assert.Equal(-(25 * figures.Slowdown + 3600 * figures.EnergyKwh - before), sum, 1e-2);
    }

    [Fact]
    public void MachineView_MachinesInAnotherOrder_AreScoredInThatOrder_AndAnotherNumberOfThemToo()
    {
        var seeds = SeedTree.Root(5);
        IReadOnlyList<Machine> machines = [new("a", 4, 16, 1, 40, 80), new("b", 3, 12, 2, 50, 150), new("c", 3, 10, 3, 60, 200), new("d", 4, 14, 4, 80, 400)];      // no two alike: among equals the first is taken
        IReadOnlyList<Machine> turned = [.. machines.Reverse()];
        IReadOnlyList<Job> jobs = [.. Enumerable.Range(0, 12).Select(i => Job.Single($"{i}", i / 2, 10 + 7 * i % 5, 1 + i % 3, 1 + i % 4))];
        var network = new Ppo(new() { EnvironmentCount = 1, Hidden = [16, 16] }, ClusterEnvironment.Rows(1, new UserWorld(ClusterProblem.Create(machines, jobs), World.Rules), new MachineView(new UserWorld(ClusterProblem.Create(machines, jobs), World.Rules)), new(1), seeds), seeds).Networks;
        // Far from uniform, so that the greedy choice is no matter of rounding.
        for (var i = 0; i < network.Parameters.Values.Length; i++) network.Parameters.Values[i] += (i * 53 % 101 - 50) / 60f;
        var (straight, reverse) = (Choices(machines, network), Choices(turned, network));
        Assert.Equal(straight.Select(machine => machines.Count - 1 - machine), reverse);
        Assert.True(straight.Distinct().Count() > 1);

        var more = new ActorCritic(new MachineView(new UserWorld(ClusterProblem.Create([.. machines, new("more", 4, 16, 2)], jobs), World.Rules)).Spec, [16, 16], network.Activation, seeds);
        network.Parameters.Values.CopyTo(more.Parameters.Values);                           // the same weights fit

        IReadOnlyList<int> Choices(IReadOnlyList<Machine> own, ActorCritic trained)
        {
            var problem = ClusterProblem.Create(own, jobs);
            var (cluster, log) = (new ClusterSimulation(World.Rules), new ScheduleLog());
            Scheduling.Run(cluster, problem, new PolicyScheduler(trained.Greedy, new MachineView(new UserWorld(problem, World.Rules)), seeds), log);
            return [.. log.Tasks.OrderBy(run => run.Stage).Select(run => run.Machine)];
        }
    }

    [Fact]
    public void MachineView_MasksMachinesThatNeverHoldTheTask()
    {
        var problem = ClusterProblem.Create([new("small", 1, 1, 1), new("large", 4, 4, 1)], [Job.Single("a", 0, 1, cores: 2)]);
        var (view, cluster) = (new MachineView(new UserWorld(problem, new())), new ClusterSimulation(new()));
        cluster.Begin(problem);
        cluster.Advance();
        var (seen, legal) = (new float[view.Spec.ObservationSize], new[] { true, true });
        view.Show(cluster, new(seen, legal));
        Assert.Equal([false, true], legal);
    }

    [Fact]
    public void PackingView_MasksWhatDoesNotFit_AndWaitingWhereNothingRuns()
    {
        var world = new PackingWorld(new());
        var (view, cluster) = (new PackingView(world, 3), new ClusterSimulation(new()));
        cluster.Begin(ClusterProblem.Create(world.Machines, [Job.Single("a", 0, 5, 15, 1), Job.Single("b", 0, 5, 15, 1), Job.Single("c", 0, 5, 1, 1), Job.Single("d", 0, 1, 1, 1)]));
        cluster.Advance();
        Assert.Equal([true, true, true, false], Legal());
        view.Take(cluster, 0);
        cluster.Advance();
        Assert.Equal([false, true, true, true], Legal());                                  // b no longer fits; d moved up
        view.Take(cluster, 3);
        cluster.Advance();
        Assert.Equal(5, cluster.Now);

        bool[] Legal()
        {
            var (seen, legal) = (new float[view.Spec.ObservationSize], new[] { true, true, true, true });
            view.Show(cluster, new(seen, legal));
            return legal;
        }
    }

    [Fact]
    public void PackingView_ThatStartsWhatFits_LetsTimeGoByOnlyWhereNothingDoes()
    {
        var world = new PackingWorld(new());
        var (view, cluster) = (new PackingView(world, 2, waitsByChoice: false), new ClusterSimulation(new()));
        cluster.Begin(ClusterProblem.Create(world.Machines, [Job.Single("a", 0, 5, 15, 1), Job.Single("b", 0, 5, 15, 1), Job.Single("c", 0, 5, 1, 1)]));
        cluster.Advance();
        Assert.Equal([true, true, false], Legal());
        view.Take(cluster, 0);
        cluster.Advance();
        Assert.Equal([false, true, false], Legal());                                       // a runs, and c still fits beside it
        view.Take(cluster, 1);
        cluster.Advance();
        Assert.Equal([false, false, true], Legal());                                       // b alone is left and does not fit
        view.Take(cluster, 2);
        cluster.Advance();
        Assert.Equal(5, cluster.Now);

        bool[] Legal()
        {
            var (seen, legal) = (new float[view.Spec.ObservationSize], new[] { true, true, true });
            view.Show(cluster, new(seen, legal));
            return legal;
        }
    }

    [Fact]
    public void ScoreRows_TakeTheLargestNumberOfThoseAllowed()
    {
        var problem = ClusterProblem.Create([new("small", 1, 1, 1), new("a", 4, 4, 1), new("b", 4, 4, 1)], [Job.Single("x", 0, 1, cores: 2)]);
        var view = new MachineView(new UserWorld(problem, new()));
        var log = new ScheduleLog();
        var scores = new ConstantScores([0.9f, -0.5f, 0.2f]);
        Scheduling.Run(new(new()), problem, new PolicyScheduler(ScoreRows.Choosing(scores, view.Spec), view, SeedTree.Root(0)), log);
        Assert.Equal(2, log.Tasks.Single().Machine);                                       // the first has the largest, but never holds it
    }

    [Fact]
    public void ScoreRows_AnActorInACornerOfTheBox_SendsToAllMachinesOnTheEdgeAlike_NotToTheFirst()
    {
        var problem = ClusterProblem.Create([.. Enumerable.Range(0, 5).Select(i => new Machine($"m{i}", 4, 4, 1))], [.. Enumerable.Range(0, 600).Select(i => Job.Single($"{i}", 10 * i, 1))]);
        var view = new MachineView(new UserWorld(problem, new()));
        var log = new ScheduleLog();
        Scheduling.Run(new(new()), problem, new PolicyScheduler(ScoreRows.Choosing(new ConstantScores([1, 1, -1, 1, 1]), view.Spec), view, SeedTree.Root(7)), log);
        int[] counts = [.. Enumerable.Range(0, 5).Select(machine => log.Tasks.Count(run => run.Machine == machine))];
        Assert.Equal(0, counts[2]);
        foreach (var machine in new[] { 0, 1, 3, 4 }) Assert.InRange(counts[machine], 110, 190);          // 150, and four deviations of 10.6

        // And while learning, from a stream of its own that is saved.
        var rows = new ScoreRows(new VectorEnvironment<Echo>([new()], SeedTree.Root(3), Echo.Describe()), SeedTree.Root(3));
        rows.Reset();
        var actions = new ActionBatch(rows.Spec.Actions, 1);
        actions.Values.Fill(1);
        var saved = new System.Buffers.ArrayBufferWriter<byte>();
        rows.Save(saved);
        var first = Chosen();
        Assert.Equal([0, 1, 2], first.Distinct().Order());
        var reader = new System.Buffers.SequenceReader<byte>(new(saved.WrittenMemory));
        rows.Load(ref reader);
        Assert.Equal(0, reader.Remaining);
        Assert.Equal(first, Chosen());

        List<float> Chosen() => [.. Enumerable.Range(0, 30).Select(_ => rows.Step(actions).Rewards[0])];
    }

    // Pays the number of the action.
    private readonly struct Echo : IEnvironment
    {
        public static EnvironmentSpec Describe() => new() { Name = "echo", ObservationSize = 3, Candidates = new(3, 1), Actions = new ActionSpace.Discrete(3) };

        public void Reset(Frame first, ref Randomness random) => first.Observation.Clear();

        public Outcome Step(AgentAction action, Frame next, ref Randomness random)
        {
            next.Observation.Clear();
            return new(action.Index);
        }
    }

    [Theory]
    [InlineData("td3"), InlineData("ddpg"), InlineData("sac")]
    public void ScoreLearners_OnTwoKindsOfMachines_LearnToUseTheFastOne(string algorithm)
    {
        var world = new AssignmentWorld(new() { Tasks = 30, MachinesOfClass = [3, 0, 1], WorkSpread = 0 }, 0.5);
        var (view, seeds) = (new MachineView(world), SeedTree.Root(2));
        const int Steps = 4000;
        var rows = new ScoreRows(ClusterEnvironment.Rows(4, world, view, new(0.01, Foresees: true), seeds), seeds);
        ILearner learner = algorithm switch
        {
            "td3" => new Td3(new() { Steps = Steps, EnvironmentCount = 4, BatchSize = 64, LearningStarts = 400, LearningRate = 2e-3, Discount = 0.9, TargetRate = 0.02, ExplorationNoise = 0.6, Hidden = [16] }, rows, seeds),
            "ddpg" => new Ddpg(new() { Steps = Steps, EnvironmentCount = 4, BatchSize = 64, LearningStarts = 400, LearningRate = 2e-3, ActorLearningRate = 2e-3, Discount = 0.9, TargetRate = 0.02, ExplorationNoise = 0.6, Hidden = [16] }, rows, seeds),
            _ => new Sac(new() { Steps = Steps, EnvironmentCount = 4, BatchSize = 64, LearningStarts = 400, LearningRate = 2e-3, Discount = 0.9, TargetRate = 0.02, Temperature = 0.02, EntropyPerDimension = 0, Hidden = [16] }, rows, seeds),
        };
        while (learner.Steps < Steps) learner.Iterate();
        var policy = ScoreRows.Choosing(learner.Policy, view.Spec);
        double Mean(Func<SeedTree, IScheduler> make) => SequenceTests.Run(world, 20, seeds.Evaluation, make).Average(figures => figures.MeanCompletion);
        Assert.True(Mean(own => new PolicyScheduler(policy, view, own)) < 0.8 * Mean(DispatchRule.Random), $"{Mean(own => new PolicyScheduler(policy, view, own)) / Mean(DispatchRule.Random)}");
    }

    private sealed class ConstantScores(float[] scores) : IPolicy
    {
        public void Act(FrameBatch frames, PolicyMemory memory, ref Randomness random, ActionBatch actions) => scores.CopyTo(actions.Values);
    }

    [Fact]
    public void RuleView_LetsTheChosenRuleDecide()
    {
        var view = new RuleView(World, [DispatchRule.LeastLoaded(), new DispatchRule((_, _) => 1)]);
        var cluster = new ClusterSimulation(World.Rules);
        var random = SeedTree.Root(3).Start();
        cluster.Begin(World.Draw(ref random));
        cluster.Advance();
        view.Take(cluster, 1);
        Assert.Equal(1, cluster.MachineAt(1).Running);
    }

    [Fact]
    public void Ppo_OnTwoUnequalMachines_LearnsToUseTheFastOne()
    {
        var world = new AssignmentWorld(new() { Tasks = 30, MachinesOfClass = [3, 0, 1], WorkSpread = 0 }, 0.5);
        var (view, seeds) = (new MachineView(world), SeedTree.Root(2));
        var config = new PpoConfig { Steps = 12_288, EnvironmentCount = 8, Horizon = 128, Minibatches = 8, LearningRate = 5e-3, Discount = 0.9, EntropyWeight = 0.001, NormalizeRewards = true, Hidden = [16] };
        var learner = new Ppo(config, ClusterEnvironment.Rows(8, world, view, new(0.01, Foresees: true), seeds), seeds);
        while (learner.Steps < config.Steps) learner.Iterate();
        double Mean(Func<SeedTree, IScheduler> make) => SequenceTests.Run(world, 20, seeds.Evaluation, make).Average(figures => figures.MeanCompletion);
        Assert.True(Mean(own => new PolicyScheduler(learner.Policy, view, own)) < 0.8 * Mean(DispatchRule.Random));
    }
}
