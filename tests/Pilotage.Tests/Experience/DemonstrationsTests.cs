using Pilotage.Environments;
using Pilotage.Experience;
using Pilotage.Policies;
using Pilotage.Testing;
using Pilotage.Tests.Algorithms;
using Pilotage.Tests.Environments;
using Xunit;

namespace Pilotage.Tests.Experience;

public sealed class DemonstrationsTests
{
    private static readonly EnvironmentSpec Queue = new()
    {
        Name = "Queue", ObservationSize = 2, ObservationNames = ["waiting", "idle"], Actions = new ActionSpace.Discrete(3, Masked: true), TimeLimit = 10,
    };

    [Fact]
    public void Record_ScriptedEpisodes_KeepsEachWithItsTrueEnd()
    {
        // Episodes terminate after three steps; the frame shows [episode, step] and a step pays its number.
        var environment = new VectorEnvironment<ScriptedEnvironment>(
            [new() { Outcome = step => new(step, step == 3 ? End.Terminated : End.Running) }, new() { Outcome = step => new(10 * step) }], SeedTree.Root(1), timeLimit: 4);
        var shown = DemonstrationRecorder.Record(new RulePolicy((observation, _) => (int)observation[1] % 3), environment, 10, SeedTree.Root(1));

        // The constructor began episode 1; recording begins episode 2.
        Assert.Equal(10, shown.Count);
        Assert.Equal([new(0, 3, End.Terminated), new(3, 4, End.Truncated), new(7, 2, End.Running), new(9, 1, End.Running)], shown.Episodes);
        Assert.Equal([2, 0, 2, 1, 2, 2], shown.Observations[..6].ToArray());
        Assert.Equal([0, 1, 2, 0, 1, 2, 0, 0, 1, 0], shown.ActionIndices.ToArray());
        Assert.Equal([1, 2, 3, 10, 20, 30, 40, 1, 2, 10], shown.Rewards.ToArray());
        Assert.Equal([2, 3, 2, 4, 3, 2, 3, 1], shown.FinalFrames.Observations.ToArray());
    }

    [Fact]
    public void ComputeReturns_EachEnd_BootstrapsAsItMust()
    {
        var shown = new Demonstrations(new() { Name = "Line", ObservationSize = 1, Actions = new ActionSpace.Discrete(2) });
        foreach (var end in new[] { End.Terminated, End.Truncated, End.Running }) shown.Add([1, 2], [], [0, 1], [], [4, 8], end, [3], []);
        var returns = new float[6];
        shown.ComputeReturns(0.5, [100, 100, 40], returns);
        Assert.Equal([8, 8, 4 + 0.5f * 58, 58, 4 + 0.5f * 28, 28], returns);
    }

    [Fact]
    public void AddTo_Replay_BootstrapsFromTheTrueLastFrame()
    {
        var spec = new EnvironmentSpec { Name = "Line", ObservationSize = 1, Actions = new ActionSpace.Discrete(2) };
        var shown = new Demonstrations(spec);
        shown.Add([1, 2], [], [0, 1], [], [4, 8], End.Terminated, [3], []);
        shown.Add([5, 6], [], [1, 0], [], [1, 2], End.Running, [7], []);
        var replay = new Replay(4, spec);
        shown.AddTo(replay, bootstrapSteps: 2, discount: 0.5);

        var (batch, random, seen) = (new TransitionBatch(64, spec), SeedTree.Root(1).Start(), new SortedSet<string>());
        replay.Sample(batch, 0, ref random);
        for (var i = 0; i < 64; i++) seen.Add(FormattableString.Invariant($"{batch.Observations[i]} {batch.ActionIndices[i]} {batch.Rewards[i]} {batch.Discounts[i]} {batch.NextObservations[i]}"));
        Assert.Equal(["1 0 8 0 3", "2 1 8 0 3", "5 1 2 0.25 7", "6 0 2 0.5 7"], seen);
    }

    [Theory, InlineData("no_step"), InlineData("mixed_shapes"), InlineData("not_a_number"), InlineData("forbidden_action"), InlineData("unknown_action")]
    public void Add_WrongEpisode_IsToldInWords(string name)
    {
        var shown = new Demonstrations(Queue);
        shown.Add([1, 2], [true, true, false], [1], [], [0], End.Terminated, [3, 4], [true, true, true]);
        Snapshot.Matches(Assert.Throws<UserMistakeException>(() =>
        {
            switch (name)
            {
                case "no_step": shown.Add([], [], [], [], [], End.Terminated, [3, 4], [true, true, true]); break;
                case "mixed_shapes": shown.Add([1, 2, 3], [], [1, 2], [0.5f], [0, 0], End.Terminated, [3], [true]); break;
                case "not_a_number": shown.Add([1, 2, 3, float.NaN], [true, true, true, true, true, true], [1, 2], [], [0, 0], End.Terminated, [3, 4], [true, true, true]); break;
                case "forbidden_action": shown.Add([1, 2], [true, false, true], [1], [], [0], End.Terminated, [3, 4], [true, true, true]); break;
                default: shown.Add([1, 2], [true, true, true], [3], [], [0], End.Terminated, [3, 4], [true, true, true]); break;
            }
        }).Message, name);
        Assert.Equal(1, shown.Count);                                    // nothing of it was taken
    }

    [Theory, InlineData("rule_throws"), InlineData("rule_breaks_the_mask")]
    public void Record_WrongRule_IsNamedWithRowStepAndFrame(string name)
    {
        var rule = new RulePolicy((observation, legal) => name == "rule_throws"
            ? observation[1] == 1 ? throw new InvalidOperationException("no price for this day") : 0
            : legal.IndexOf(value: false) >= 0 ? legal.IndexOf(value: false) : 0);
        var mistake = Assert.Throws<UserMistakeException>(() =>
        {
            if (name == "rule_throws") DemonstrationRecorder.Record(rule, new VectorEnvironment<ScriptedEnvironment>([new(), new()], SeedTree.Root(1)), 10, SeedTree.Root(1));
            else DemonstrationRecorder.Record(rule, new VectorEnvironment<MaskedBandit>(new MaskedBandit[4], SeedTree.Root(1)), 100, SeedTree.Root(1));
        });
        var message = mistake.Message;
        if (message.IndexOf(" Thrown at", StringComparison.Ordinal) is var at and > 0) message = message[..at];      // a line number of this file
        Snapshot.Matches(message, name);
    }

    [Fact]
    public void Normalized_Steps_AreThoseThatTheNormalizerShows()
    {
        var shown = new Demonstrations(new() { Name = "Line", ObservationSize = 1, Actions = new ActionSpace.Discrete(2) });
        shown.Add([1, 3], [], [0, 1], [], [4, 8], End.Truncated, [5], []);
        var normalizer = new ObservationNormalizer(1);
        normalizer.Update(new(2, shown.Observations));
        var seen = shown.Normalized(normalizer);
        Assert.Equal([-1, 1], seen.Observations.ToArray(), (a, b) => Math.Abs(a - b) < 1e-5f);
        Assert.Equal(3, seen.FinalFrames.Observations[0], 1e-5f);
        Assert.Equal(shown.ActionIndices.ToArray(), seen.ActionIndices.ToArray());
        Assert.Equal(shown.Episodes, seen.Episodes);
    }
}
