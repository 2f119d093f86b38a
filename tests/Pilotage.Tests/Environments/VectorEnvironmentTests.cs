using Pilotage.Environments;
using Pilotage.Environments.ClassicControl;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Tests.Environments;

public sealed class VectorEnvironmentTests
{
    private static readonly SeedTree Seeds = SeedTree.Root(1);

    [Fact]
    public void Constructor_Always_ShowsFirstFrames()
    {
        var environment = new VectorEnvironment<CartPole>(new CartPole[3], Seeds);

        foreach (var value in environment.Frames.Observations) Assert.InRange(value, -0.05f, 0.05f);
        Assert.Equal(3, environment.Frames.Rows);
        Assert.NotEqual(environment.Frames.Observation(0).ToArray(), environment.Frames.Observation(1).ToArray());
    }

    [Fact]
    public void Step_OneRowTerminates_HandsOutItsTrueFinalFrameAndShowsTheNextEpisode()
    {
        // Given rows that end after 5, 2 and 9 steps
        var environment = Scripted(5, 2, 9);
        var actions = new ActionBatch(environment.Spec.Actions, 3);

        // When the second one ends
        environment.Step(actions);
        var transition = environment.Step(actions);

        // Then only its final frame is handed out, and it is not the frame to act on
        Assert.Equal([1], transition.EndedRows.ToArray());
        Assert.Equal([End.Running, End.Terminated, End.Running], transition.Ends.ToArray());
        Assert.Equal([2f, 2f, 2f], transition.Rewards.ToArray());
        Assert.Equal(1, transition.FinalFrames.Rows);
        Assert.Equal([1f, 2f], transition.FinalFrames.Observation(0).ToArray());
        Assert.Equal([1f, 2f, /* next episode: */ 2f, 0f, 1f, 2f], environment.Frames.Observations.ToArray());
    }

    [Fact]
    public void Step_SeveralRowsEnd_FinalFramesFollowEndedRows()
    {
        var environment = Scripted(2, 5, 1);
        var actions = new ActionBatch(environment.Spec.Actions, 3);

        Assert.Equal([2], environment.Step(actions).EndedRows.ToArray());
        var transition = environment.Step(actions);

        Assert.Equal([0, 2], transition.EndedRows.ToArray());
        Assert.Equal([1f, 2f, /* row 2, second episode: */ 2f, 1f], transition.FinalFrames.Observations.ToArray());
    }

    [Fact]
    public void Step_TimeLimit_TruncatesAndCountsAnew()
    {
        var environment = new VectorEnvironment<ScriptedEnvironment>([new()], Seeds, timeLimit: 3);
        var actions = new ActionBatch(environment.Spec.Actions, 1);

        var ends = Enumerable.Range(0, 7).Select(_ => environment.Step(actions).Ends[0]).ToArray();

        Assert.Equal([End.Running, End.Running, End.Truncated, End.Running, End.Running, End.Truncated, End.Running], ends);
        Assert.Equal(3, environment.Spec.TimeLimit);
    }

    [Fact]
    public void Step_TerminatesOnTheStepOfTheLimit_IsTerminated()
    {
        var environment = new VectorEnvironment<ScriptedEnvironment>([EndingAfter(3)], Seeds, timeLimit: 3);
        var actions = new ActionBatch(environment.Spec.Actions, 1);
        environment.Step(actions);
        environment.Step(actions);

        Assert.Equal(End.Terminated, environment.Step(actions).Ends[0]);
    }

    [Fact]
    public void Step_NoOverride_UsesTheEnvironmentsOwnLimit()
    {
        var environment = new VectorEnvironment<Pendulum>(new Pendulum[2], Seeds);
        var actions = new ActionBatch(environment.Spec.Actions, 2);
        for (var step = 1; step < 200; step++) Assert.True(environment.Step(actions).EndedRows.IsEmpty);

        Assert.Equal([End.Truncated, End.Truncated], environment.Step(actions).Ends.ToArray());
    }

    [Fact]
    public void Step_SpecWithoutLimit_NeverTruncates()
    {
        var environment = new VectorEnvironment<ScriptedEnvironment>([new()], Seeds, ScriptedEnvironment.Describe() with { TimeLimit = null });
        var actions = new ActionBatch(environment.Spec.Actions, 1);

        for (var step = 0; step < 300; step++) Assert.Equal(End.Running, environment.Step(actions).Ends[0]);
    }

    [Fact]
    public void Step_MaskedSpace_MasksArriveAllTrueEachTime()
    {
        // Given an environment that forbids action 0 at every second step and otherwise leaves the mask alone
        var arrived = new List<bool>();
        var environment = Masked((_, step, frame) =>
        {
            arrived.AddRange(frame.Legal);
            frame.Observation.Fill(step);
            if (step % 2 == 1) frame.Legal[0] = false;
        }, endAfter: 3);
        var actions = Choosing(environment, 1);

        // When it plays over the border of an episode that ended on a restricted frame
        environment.Step(actions);
        Assert.Equal([false, true, true], environment.Frames.LegalOf(0).ToArray());
        environment.Step(actions);
        Assert.Equal([true, true, true], environment.Frames.LegalOf(0).ToArray());
        var final = environment.Step(actions).FinalFrames.LegalOf(0).ToArray();

        // Then no restriction is carried over, and the final frame has its own mask
        Assert.Equal([false, true, true], final);
        Assert.Equal([true, true, true], environment.Frames.LegalOf(0).ToArray());
        Assert.All(arrived, Assert.True);
    }

    [Fact]
    public void Rows_OfAnyNumber_LeaveARowsEpisodesAsTheyAre()
    {
        var few = Trajectory(rows: 2);
        var many = Trajectory(rows: 7);

        for (var step = 0; step < few.Count; step++) Assert.Equal(few[step], many[step][..few[step].Length]);
    }

    [Fact]
    public void Reset_InTheMiddle_BeginsNewEpisodesAndCounters()
    {
        var environment = new VectorEnvironment<ScriptedEnvironment>([new(), new()], Seeds, timeLimit: 3);
        var actions = new ActionBatch(environment.Spec.Actions, 2);
        environment.Step(actions);
        environment.Step(actions);

        environment.Reset();

        Assert.Equal([2f, 0f, 2f, 0f], environment.Frames.Observations.ToArray());
        Assert.True(environment.Step(actions).EndedRows.IsEmpty);
    }

    [Fact]
    public void Step_SteadyState_AllocatesNothing()
    {
        var environment = new VectorEnvironment<CartPole>(new CartPole[8], Seeds);
        var actions = new ActionBatch(environment.Spec.Actions, 8);
        // About fifty episodes end in each row.
        Assert.Equal(0, Allocations.Fewest(() => environment.Step(actions), repetitions: 500, warmUp: 50));
    }

    [Fact]
    public void Constructor_NoInstances_Refuses() =>
        Assert.Throws<ArgumentException>(() => new VectorEnvironment<CartPole>([], Seeds));

    internal static ScriptedEnvironment EndingAfter(int steps) => new() { Outcome = step => new(step, step == steps ? End.Terminated : End.Running) };

    internal static VectorEnvironment<ScriptedEnvironment> Masked(FillFrame fill, int endAfter = int.MaxValue) => new(
        [new() { Fill = fill, Outcome = step => new(0, step == endAfter ? End.Terminated : End.Running) }], Seeds,
        ScriptedEnvironment.Describe() with { Actions = new ActionSpace.Discrete(3, Masked: true) });

    internal static ActionBatch Choosing(IVectorEnvironment environment, int index)
    {
        var actions = new ActionBatch(environment.Spec.Actions, environment.Rows);
        actions.Indices.Fill(index);
        return actions;
    }

    private static VectorEnvironment<ScriptedEnvironment> Scripted(params int[] lengths) => new([.. lengths.Select(EndingAfter)], Seeds);

    private static List<float[]> Trajectory(int rows)
    {
        var environment = new VectorEnvironment<CartPole>(new CartPole[rows], Seeds);
        var actions = new ActionBatch(environment.Spec.Actions, rows);
        var frames = new List<float[]>();
        for (var step = 0; step < 60; step++)
        {
            for (var row = 0; row < rows; row++) actions.Indices[row] = (step + row) / 3 % 2;
            environment.Step(actions);
            frames.Add(environment.Frames.Observations.ToArray());
        }
        return frames;
    }
}
