using Pilotage.Systems.Governance.DelayedRepression;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Systems.Governance.Tests.DelayedRepression;

public sealed class SocietyTests
{
    private static SocialGraph Alone(int count) => new([.. Enumerable.Range(0, count).Select(i => $"{i}")], [], new bool[count]);

    private static Population Alike(int count, int start, float detectability = 1) =>
        new([.. Enumerable.Repeat(1f, count)], [.. Enumerable.Repeat(1f, count)], [.. Enumerable.Repeat(detectability, count)], [.. Enumerable.Repeat((byte)start, count)]);

    [Theory]
    [InlineData(Activity.Legal, 0)]
    [InlineData(Activity.Moderate, 1)]
    [InlineData(Activity.Radical, 2)]
    public void Alarm_EverybodyAlikeAndSeen_IsTheirActivity(int activity, double alarm) =>
        Assert.Equal(alarm, new Society(Alone(10), Alike(10, activity), new(), 0, SeedTree.Root(0)).Alarm);

    // At delay D the answer in step t rests on the alarm recorded D + 1 steps before; until then on the first.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    public void Delay_OfD_AnswersTheAlarmOfDPlusOneStepsBefore(int delay)
    {
        var settings = new SocietySettings { Sharpness = 3, AlarmThreshold = 0.5, Strength = 1.5 };
        var society = new Society(Alone(3), Alike(3, Activity.Moderate), settings, delay, SeedTree.Root(0));
        var recorded = new List<double> { society.Alarm };
        var cycle = new Scripted([0, 2, 1, 1, 2, 0, 2]);
        for (var step = 1; step <= 20; step++)
        {
            society.Step(ref cycle, new StaticRegulator(settings.Strength));
            var arrived = recorded[Math.Max(0, step - 1 - delay)];
            Assert.Equal(1.5 * Logistic.Of(3 * (arrived - 0.5)), society.Response, 1e-15);
            recorded.Add(society.Alarm);
        }
        Assert.True(recorded.Distinct().Count() > 2);
    }

    // Two agents, 0 influences 1 with weight 2: rewards and situations by hand.
    [Fact]
    public void Step_TwoAgents_PaysWhatTheRulesSay()
    {
        var graph = new SocialGraph(["a", "b"], [(0, 1, 2f)], [false, true]);
        var population = new Population([1f, 1.2f], [1f, 1.5f], [1f, 1f], [Activity.Legal, Activity.Legal]);
        var settings = new SocietySettings { Sharpness = 1000, AlarmThreshold = 10 };               // nobody is punished
        var society = new Society(graph, population, settings, 0, SeedTree.Root(0));
        var script = new Recorded(Activity.Radical);
        society.Step(ref script, new StaticRegulator(1));
        Assert.Equal([3f, 1.2f * 3 + 0.22f * 4 * 2], script.Log.Select(entry => entry.Reward));
        Assert.Equal([Situation.Of(0, 2, 0, 0), Situation.Of(4, 2, 0, 1)], script.Log.Select(entry => entry.Next));     // alarm 2 is seen next, at delay 0

        settings = settings with { AlarmThreshold = 0, Strength = 10 };                             // everybody is, with u sigma(0 or more) above 1
        society = new Society(graph, population, settings, 0, SeedTree.Root(0));
        script = new Recorded(Activity.Radical);
        society.Step(ref script, new StaticRegulator(10));
        Assert.Equal([3f - 7, 1.2f * 3 + 0.22f * 4 * 2 - 1.5f * 7], script.Log.Select(entry => entry.Reward));
        Assert.All(script.Log, entry => Assert.True(Situation.IsPunished(entry.Next)));
    }

    [Fact]
    public void Punishment_ManyAgents_IsAsOftenAsResponseTimesDetectability()
    {
        const int count = 20_000;
        var settings = new SocietySettings { Sharpness = 1, AlarmThreshold = 1 };
        var society = new Society(Alone(count), Alike(count, Activity.Moderate, 0.6f), settings, 0, SeedTree.Root(4));
        var script = new Recorded(Activity.Moderate);
        society.Step(ref script, new StaticRegulator(0.8));
        var expected = 0.8 * Logistic.Of(0.6 - 1) * 0.6;
        Assert.Equal(expected, script.Log.Average(entry => Situation.IsPunished(entry.Next) ? 1.0 : 0), 4 * Math.Sqrt(expected * (1 - expected) / count));
    }

    [Fact]
    public void Situations_AllOfThem_AreNumberedOnceAndRead()
    {
        var seen = new HashSet<int>();
        foreach (var (influence, i) in new[] { (0f, 0), (1.99f, 0), (2f, 1), (4.99f, 1), (5f, 2) })
            for (var alarm = 0; alarm < 3; alarm++)
                for (var punished = 0; punished < 2; punished++)
                    for (var bridge = 0; bridge < 2; bridge++)
                    {
                        var number = Situation.Of(influence, alarm, punished, bridge);
                        seen.Add(number);
                        Assert.Equal((i, alarm, punished == 1), (Situation.InfluenceIn(number), Situation.AlarmIn(number), Situation.IsPunished(number)));
                    }
        Assert.Equal(Situation.Count, seen.Count);
        Assert.Equal((0, 1, 1, 2), (Situation.AlarmLevel(0.349), Situation.AlarmLevel(0.35), Situation.AlarmLevel(0.749), Situation.AlarmLevel(0.75)));
    }

    [Fact]
    public void Reactive_RulesInOrder_FirstThatAppliesDecides()
    {
        var agents = new ReactiveAgents();
        Assert.Equal(Activity.Legal, agents.Choose(0, Situation.Of(9, 0, 1, 0), 0));              // punished, though influence is high
        Assert.Equal(Activity.Legal, agents.Choose(0, Situation.Of(9, 2, 0, 0), 0));
        Assert.Equal(Activity.Moderate, agents.Choose(0, Situation.Of(9, 1, 0, 0), 0));
        Assert.Equal(Activity.Radical, agents.Choose(0, Situation.Of(9, 0, 0, 0), 0));
        Assert.Equal(Activity.Moderate, agents.Choose(0, Situation.Of(3, 0, 0, 0), 0));
        Assert.Equal(Activity.Legal, agents.Choose(0, Situation.Of(0, 0, 0, 0), 0));              // drawn: the smallest number is legal
        Assert.Equal(Activity.Radical, agents.Choose(0, Situation.Of(0, 0, 0, 0), ulong.MaxValue));
    }

    [Fact]
    public void Mixes_ManyDraws_HaveTheirProbabilities()
    {
        var random = SeedTree.Root(6).Start();
        var counts = new int[3];
        for (var i = 0; i < 100_000; i++) counts[new FixedAgents().Choose(0, 0, random.NextBits())]++;
        Assert.Equal(0.65, counts[0] / 1e5, 0.006);
        Assert.Equal(0.27, counts[1] / 1e5, 0.006);
        Assert.Equal(0.08, counts[2] / 1e5, 0.004);
    }

    // Q = 0 + 0.1 (5 + 0.95 · 0 - 0) = 0.5; then 0.5 + 0.1 (1 + 0.95 · 0.5 - 0.5) = 0.5975.
    [Fact]
    public void Learning_TwoUpdates_ByHand()
    {
        var agents = new LearningAgents(2, 0.1, 0.95, 0.08);
        agents.Learn(1, 7, Activity.Radical, 5, 8);
        Assert.Equal(0.5f, agents.Value(1, 7, Activity.Radical));
        agents.Learn(1, 7, Activity.Radical, 1, 7);
        Assert.Equal(0.5975f, agents.Value(1, 7, Activity.Radical), 1e-6f);
        Assert.Equal(0, agents.Value(0, 7, Activity.Radical));
        Assert.Equal(0, agents.Value(1, 8, Activity.Radical));
    }

    [Fact]
    public void Learning_Choice_IsGreedyExploresAndBreaksTiesEvenly()
    {
        var (random, counts) = (SeedTree.Root(7).Start(), new int[3]);
        var agents = new LearningAgents(1, 1, 0, 0.08);
        for (var i = 0; i < 60_000; i++) counts[agents.Choose(0, 0, random.NextBits())]++;
        Assert.All(counts, count => Assert.Equal(20_000, count, 500.0));
        agents.Learn(0, 0, Activity.Legal, -1, 1);                                                  // now moderate and radical tie
        Array.Clear(counts);
        for (var i = 0; i < 60_000; i++) counts[agents.Choose(0, 0, random.NextBits())]++;
        Assert.Equal(60_000 * 0.08 / 3, counts[0], 200.0);
        Assert.Equal(counts[1], counts[2], 900.0);
        agents.Learn(0, 0, Activity.Radical, 3, 1);
        Array.Clear(counts);
        for (var i = 0; i < 60_000; i++) counts[agents.Choose(0, 0, random.NextBits())]++;
        Assert.Equal(60_000 * (0.92 + 0.08 / 3), counts[2], 300.0);
    }

    [Fact]
    public void Draws_OfOneNumber_AreThreeIndependentUniforms()
    {
        var (random, sums, products) = (SeedTree.Root(8).Start(), new double[3], new double[3]);
        const int count = 100_000;
        for (var i = 0; i < count; i++)
        {
            var bits = random.NextBits();
            double[] u = [DrawBits.Punishment(bits), DrawBits.Choice(bits), DrawBits.Exploration(bits)];
            Assert.All(u, value => Assert.InRange(value, 0, 0.9999999));
            for (var k = 0; k < 3; k++)
            {
                sums[k] += u[k] / count;
                products[k] += u[k] * u[(k + 1) % 3] / count;
            }
        }
        Assert.All(sums, mean => Assert.Equal(0.5, mean, 0.005));
        Assert.All(products, product => Assert.Equal(0.25, product, 0.005));
    }

    [Fact]
    public void Regulator_ThatLearns_PrefersWhatCostsLess()
    {
        var (regulator, weak) = (new LearningRegulator(SeedTree.Root(9)), 0);
        for (var step = 0; step < 4000; step++)
        {
            var strength = regulator.Choose(0.1, 0.05);
            regulator.Learn(0.1, strength == 0 ? 0.05 : 0.04);                                      // force gains 0.01 of radicals and costs at least 0.05
            if (step >= 3000 && strength == 0) weak++;
        }
        Assert.InRange(weak, 850, 1000);
    }

    [Fact]
    public void Live_SameSeed_IsTheSameLifeAndOthersDiffer()
    {
        var config = new DelayedRepressionConfig { Agents = 60, Steps = 80 };
        SocietyRun Life(int seed)
        {
            var graph = GraphGenerator.Draw(config.Topology, config.Agents, SeedTree.Root(1));
            return SocietyRun.Live(graph, Population.Draw(graph, SeedTree.Root(2)), config, Architecture.Learning, 4, isGoverned: true, SeedTree.Root(seed));
        }
        Assert.Equal(Life(3).Radicals, Life(3).Radicals);
        Assert.NotEqual(Life(3).Radicals, Life(4).Radicals);
    }

    [Fact]
    public void Step_InSteadyState_AllocatesNothing()
    {
        var graph = GraphGenerator.Draw(Topology.Modular, 60, SeedTree.Root(1));
        var society = new Society(graph, Population.Draw(graph, SeedTree.Root(2)), new(), 3, SeedTree.Root(3));
        var (agents, regulator) = (new LearningAgents(60, 0.1, 0.95, 0.08), new LearningRegulator(SeedTree.Root(4)));
        Assert.Equal(0, Allocations.Fewest(() => society.Step(ref agents, regulator)));
    }

    [Fact]
    public void Population_Bridges_AreMoreCharismaticAndEasierToDetect()
    {
        var graph = GraphGenerator.Draw(Topology.Modular, 2000, SeedTree.Root(1));
        var population = Population.Draw(graph, SeedTree.Root(2));
        double Mean(float[] values, bool isBridge) => Enumerable.Range(0, 2000).Where(i => graph.Bridges[i] == isBridge).Average(i => values[i]);
        Assert.Equal(1.05, Mean(population.Charisma, false), 0.02);
        Assert.Equal(1.25, Mean(population.Charisma, true), 0.03);
        Assert.Equal(0.725, Mean(population.Detectability, false), 0.02);
        Assert.InRange(Mean(population.Detectability, true), 0.82, 0.90);
        Assert.All(population.Detectability, d => Assert.InRange(d, 0.45f, 1f));
        Assert.Equal(0.03, population.Start.Count(action => action == Activity.Radical) / 2000.0, 0.015);
    }

    private struct Scripted(int[] actions) : IArchitecture
    {
        private int _asked;

        public int Choose(int agent, int situation, ulong bits) => actions[_asked++ / 3 % actions.Length];

        public readonly void Learn(int agent, int situation, int activity, float reward, int next) { }
    }

    private readonly struct Recorded(int action) : IArchitecture
    {
        public List<(float Reward, int Next)> Log { get; } = [];

        public int Choose(int agent, int situation, ulong bits) => action;

        public void Learn(int agent, int situation, int activity, float reward, int next) => Log.Add((reward, next));
    }
}
