using System.Buffers;
using Pilotage.Environments;
using Pilotage.Policies;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Tests.Policies;

public sealed class CheckedPolicyTests
{
    private static readonly EnvironmentSpec Queue = new()
    {
        Name = "Queue", ObservationSize = 2, ObservationNames = ["waiting", "idle"], Actions = new ActionSpace.Discrete(3, Masked: true), TimeLimit = 10,
    };

    [Fact]
    public void Act_SoundRule_ActsAsTheRuleDoes()
    {
        var rule = new RulePolicy((observation, legal) => observation[0] > 1 && legal[2] ? 2 : 0);

        Assert.Equal([2, 0, 0], Act(new CheckedPolicy(rule, Queue)).Indices.ToArray());
    }

    [Fact]
    public void Act_RuleThatThrows_NamesRowStepAndFrame() =>
        Refused(new((observation, _) => observation[0] < 1 ? throw new KeyNotFoundException("no price for this day") : 0), "throws");

    [Fact]
    public void Act_ActionOutsideTheSpace_IsNamed() => Refused(new((observation, _) => observation[1] > 6 ? 3 : 0), "outside");

    [Fact]
    public void Act_ActionThatTheMaskForbids_IsNamed() => Refused(new((observation, _) => observation[0] > 1 ? 2 : 1), "forbidden");

    [Fact]
    public void Act_InactiveRow_IsLeftAlone()
    {
        var policy = new CheckedPolicy(new RulePolicy((_, _) => 0), Queue);
        var (actions, random) = (new ActionBatch(Queue.Actions, 2), SeedTree.Root(1).Start());
        actions.Indices.Fill(77);

        policy.Act(new(2, [1, 2, 3, 4], [true, true, true, true, true, true], [false, true]), policy.CreateMemory(2), ref random, actions);

        Assert.Equal([77, 0], actions.Indices.ToArray());
    }

    [Fact]
    public void Act_ValueLeftOut_IsNamed()
    {
        var box = Queue with { Actions = new ActionSpace.Box([0, 0], [1, 1]) };
        var policy = new CheckedPolicy(new RulePolicy((_, values) => values[0] = 1), box, "The policy");
        var (actions, random) = (new ActionBatch(box.Actions, 1), SeedTree.Root(1).Start());

        var mistake = Assert.Throws<UserMistakeException>(() => policy.Act(new(1, [1, 2]), policy.CreateMemory(1), ref random, actions));

        Snapshot.Matches(mistake.Message, "left_out");
    }

    [Fact]
    public void Act_SecondChoiceForbidden_LooksAtItsOwnPartOfTheMask()
    {
        var several = Queue with { Actions = new ActionSpace.MultiDiscrete([2, 3], Masked: true) };
        var (actions, random) = (new ActionBatch(several.Actions, 1), SeedTree.Root(1).Start());

        var mistake = Assert.Throws<UserMistakeException>(() =>
        {
            var policy = new CheckedPolicy(new ConstantPolicy(1, 2), several);
            policy.Act(new(1, [1, 2], [true, true, true, true, false]), policy.CreateMemory(1), ref random, actions);
        });

        Assert.Contains("chose action 2 of choice 1, which the mask forbids; legal are 0, 1", mistake.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, 0.5f, "chose action 2 of choice 1, which the mask forbids; legal are 0, 1")]
    [InlineData(0, float.NaN, "chose NaN as value 0 of the action, or left it out; a finite number is expected")]
    public void Act_CompositeAction_IsCheckedInBothParts(int second, float value, string expected)
    {
        var both = Queue with { Actions = new ActionSpace.Composite(new([2, 3], Masked: true), new([0], [1])) };
        var (actions, random) = (new ActionBatch(both.Actions, 1), SeedTree.Root(1).Start());

        var mistake = Assert.Throws<UserMistakeException>(() =>
        {
            var policy = new CheckedPolicy(new RulePolicy((_, _, indices, values) => (indices[0], indices[1], values[0]) = (1, second, value)), both);
            policy.Act(new(1, [1, 2], [true, true, true, true, false]), policy.CreateMemory(1), ref random, actions);
        });

        Assert.Contains(expected, mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Memory_SavedAndLoaded_CountsOn()
    {
        var policy = new CheckedPolicy(new RulePolicy((_, _) => 0), Queue);
        var (memory, copy) = (policy.CreateMemory(3), policy.CreateMemory(3));
        Act(policy, memory);
        Act(policy, memory);
        var writer = new ArrayBufferWriter<byte>();
        memory.Save(writer);
        var reader = new SequenceReader<byte>(new(writer.WrittenMemory));
        copy.Load(ref reader);

        var mistake = Assert.Throws<UserMistakeException>(() => Act(new CheckedPolicy(new RulePolicy((_, _) => 9), Queue), copy));

        Assert.Contains("Row 0, step 3 of its episode", mistake.Message, StringComparison.Ordinal);
    }

    private static void Refused(RulePolicy rule, string name)
    {
        var policy = new CheckedPolicy(rule, Queue);

        var mistake = Assert.Throws<UserMistakeException>(() => Act(policy));

        Snapshot.Matches(System.Text.RegularExpressions.Regex.Replace(mistake.Message, "Thrown .*", "Thrown …"), name);
    }

    private static ActionBatch Act(CheckedPolicy policy, PolicyMemory? memory = null)
    {
        var (actions, random) = (new ActionBatch(Queue.Actions, 3), SeedTree.Root(1).Start());
        policy.Act(new(3, [2, 5, 0.5f, 6, 3, 7], [true, true, true, true, true, true, true, true, false]), memory ?? policy.CreateMemory(3), ref random, actions);
        return actions;
    }
}
