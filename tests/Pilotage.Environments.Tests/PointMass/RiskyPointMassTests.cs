using System.Buffers;
using Pilotage.Environments.PointMass;
using Xunit;

namespace Pilotage.Environments.Tests.PointMass;

public sealed class RiskyPointMassTests
{
    [Theory]
    [InlineData(0, 0.1)]
    [InlineData(0.15, 0.03678794411714423)]                                               // 0.1 exp(-1)
    [InlineData(0.3, 0.001831563888873418)]                                               // on the rim: 0.1 exp(-4)
    [InlineData(0.3000001, 0)]
    [InlineData(0.7, 0)]
    public void Risk_Distance_IsTheFormula(double distance, double risk) => Assert.Equal(risk, RiskyPointMass.Risk(distance), 1e-15);

    [Theory]
    [InlineData(false, 0.02)]
    [InlineData(true, 0.002)]
    public void Step_FullSpeed_MovesATenthWithTheVariantsSlip(bool isCode, double slip)
    {
        var (widest, environment, actions) = (0.0, Make(isCode, 200), new ActionBatch(RiskyPointMass.Describe().Actions, 200));
        actions.Values.Fill(3);                                                           // clipped to 1
        var before = environment.Frames.Observations.ToArray();
        environment.Step(actions);
        for (var i = 0; i < before.Length; i++)
        {
            if (before[i] > 0.87) continue;                                               // those that the square's border holds
            var extra = environment.Frames.Observations[i] - before[i] - 0.1;
            Assert.InRange(extra, -slip - 1e-6, slip + 1e-6);
            widest = Math.Max(widest, Math.Abs(extra));
        }
        Assert.InRange(widest, 0.9 * slip, slip + 1e-6);
    }

    [Fact]
    public void Step_Rewards_AreOfTheStateBeforeTheMoveLessThePenaltyAtItsRate()
    {
        var environment = Make(isCode: true, 4000);                                       // starts within the disc too
        var before = environment.Frames.Observations.ToArray();
        var transition = environment.Step(new ActionBatch(environment.Spec.Actions, 4000));
        var (penalties, expected, variance) = (0, 0.0, 0.0);
        for (var row = 0; row < 4000; row++)
        {
            var (x, y) = (before[2 * row], before[2 * row + 1]);
            var own = -Math.Sqrt(x * x + y * y) - 0.1;
            var risk = RiskyPointMass.Risk(Math.Sqrt((x - 0.5) * (x - 0.5) + (y - 0.5) * (y - 0.5)));
            (expected, variance) = (expected + risk, variance + risk * (1 - risk));
            if (transition.Rewards[row] < own - 5) penalties++;
            Assert.Equal(own, transition.Rewards[row] + (transition.Rewards[row] < own - 5 ? 10 : 0), 1e-5);
        }
        Assert.InRange(penalties, expected - 4 * Math.Sqrt(variance), expected + 4 * Math.Sqrt(variance));
    }

    [Fact]
    public void Reset_TextAndCode_DifferInStartsWithinTheDisc()
    {
        int Inside(bool isCode)
        {
            var frames = Make(isCode, 1000).Frames;
            var count = 0;
            for (var row = 0; row < 1000; row++)
            {
                var place = frames.Observation(row);
                Assert.InRange(Math.Min(place[0], place[1]), 0.3f, 1);
                if (RiskyPointMass.IsInside(place[0], place[1])) count++;
            }
            return count;
        }

        Assert.Equal(0, Inside(isCode: false));
        Assert.InRange(Inside(isCode: true), 400, 600);                                   // about half of [0.3, 1]² lies in the disc
    }

    [Fact]
    public void Episode_AtTheGoal_TerminatesAndElsewhereIsTruncated()
    {
        var (line, still) = (Play(new StraightLine(), 50), Make(isCode: false, 1));
        Assert.All(line.Ends, end => Assert.Equal(End.Terminated, end));
        var actions = new ActionBatch(still.Spec.Actions, 1);
        var end = End.Running;
        var steps = 0;
        for (; end == End.Running; steps++) end = still.Step(actions).Ends[0];

        Assert.Equal((200, End.Truncated), (steps, end));                                 // drifting from at least 0.42 away to the goal's 0.05 takes luck
    }

    [Fact]
    public void Heuristics_OnTheSameStarts_CrossTheDiscOrKeepOutOfIt()
    {
        var (line, detour) = (Play(new StraightLine(), 200), Play(new TangentDetour(), 200));

        Assert.InRange(line.Inside, 0.2, 0.6);
        Assert.Equal(0, detour.Inside);
        Assert.All(detour.Ends, end => Assert.Equal(End.Terminated, end));
        Assert.InRange(detour.Steps / line.Steps, 1, 1.6);                                // round it, not through the country
    }

    [Fact]
    public void Save_MidEpisode_ContinuesBitForBit()
    {
        var actions = new ActionBatch(RiskyPointMass.Describe().Actions, 3);
        actions.Values.Fill(-0.3f);
        var whole = Make(isCode: false, 3);
        whole.Step(actions);
        var writer = new ArrayBufferWriter<byte>();
        whole.Save(writer);
        var resumed = Make(isCode: false, 3);
        var reader = new SequenceReader<byte>(new ReadOnlySequence<byte>(writer.WrittenMemory));
        resumed.Load(ref reader);
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(whole.Step(actions).Rewards.ToArray(), resumed.Step(actions).Rewards.ToArray());
            Assert.Equal(whole.Frames.Observations.ToArray(), resumed.Frames.Observations.ToArray());
        }
    }

    private static IVectorEnvironment Make(bool isCode, int rows) => PointMassCatalog.All[isCode ? 1 : 0].Create(rows, SeedTree.Root(3));

    private static (double Inside, double Steps, List<End> Ends) Play(Policies.IPolicy policy, int rows)
    {
        var environment = Make(isCode: false, rows);
        var actions = new ActionBatch(environment.Spec.Actions, rows);
        var random = new Randomness(1);
        var (inside, steps, ended, ends) = (0, 0, new bool[rows], new List<End>());
        while (ends.Count < rows)
        {
            for (var row = 0; row < rows; row++)
            {
                if (ended[row]) continue;
                steps++;
                if (RiskyPointMass.IsInside(environment.Frames.Observation(row)[0], environment.Frames.Observation(row)[1])) inside++;
            }
            policy.Act(environment.Frames, Policies.PolicyMemory.None, ref random, actions);
            var transition = environment.Step(actions);
            foreach (var row in transition.EndedRows)
            {
                if (!ended[row]) ends.Add(transition.Ends[row]);
                ended[row] = true;
            }
        }
        return ((double)inside / steps, steps, ends);
    }
}
