using System.Buffers;
using Pilotage.Environments;
using Pilotage.Environments.ClassicControl;
using Pilotage.Policies;
using Xunit;

namespace Pilotage.Tests.Environments;

public sealed class VectorEnvironmentSavedTests
{
    public static TheoryData<string> Names => [.. EnvironmentCatalog.All.Select(entry => entry.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Load_InTheMiddleOfEpisodes_ContinuesBitForBit(string name)
    {
        var entry = EnvironmentCatalog.Find(name);
        var original = entry.Create(5, SeedTree.Root(1));
        Play(original, SeedTree.Root(2), steps: 333);
        var saved = Save(original);

        var restored = entry.Create(5, SeedTree.Root(99));
        Load(restored, saved);

        Assert.Equal(original.Frames.Observations.ToArray(), restored.Frames.Observations.ToArray());
        Assert.Equal(Play(original, SeedTree.Root(3), steps: 700), Play(restored, SeedTree.Root(3), steps: 700));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void LoadRows_ElsewhereAndBeside_ContinuesThoseRowsBitForBit(string name)
    {
        var entry = EnvironmentCatalog.Find(name);
        var original = (ISavedRows)entry.Create(5, SeedTree.Root(1));
        Play(original, SeedTree.Root(2), steps: 333);
        var middle = new ArrayBufferWriter<byte>();
        original.SaveRows(middle, 2, 2);                                    // rows 2 and 3 become rows 1 and 2 of three

        var elsewhere = (ISavedRows)entry.Create(3, SeedTree.Root(99));
        var reader = new SequenceReader<byte>(new(middle.WrittenMemory));
        elsewhere.LoadRows(ref reader, 1, 2);

        Assert.Equal(0, reader.Remaining);
        Assert.Equal(original.Frames.Observation(3).ToArray(), elsewhere.Frames.Observation(2).ToArray());
        var (all, some) = (new ActionBatch(original.Spec.Actions, 5), new ActionBatch(original.Spec.Actions, 3));
        for (var step = 0; step < 300; step++)
        {
            var whole = original.Step(all);
            var part = elsewhere.Step(some);
            Assert.Equal(whole.Rewards[2..4].ToArray(), part.Rewards[1..3].ToArray());
            Assert.Equal(whole.Ends[2..4].ToArray(), part.Ends[1..3].ToArray());
        }
        Assert.Equal(original.Frames.Observation(2).ToArray(), elsewhere.Frames.Observation(1).ToArray());
    }

    [Fact]
    public void Load_ClassThatIsSaved_ContinuesWhereItWas()
    {
        var original = new VectorEnvironment<Counter>([new(), new()], SeedTree.Root(1));
        var actions = new ActionBatch(original.Spec.Actions, 2);
        for (var i = 0; i < 4; i++) original.Step(actions);
        var restored = new VectorEnvironment<Counter>([new(), new()], SeedTree.Root(1));

        Load(restored, Save(original));

        Assert.True(original.IsSaveable);
        Assert.Equal([5f, 5f], restored.Step(actions).Rewards.ToArray());
    }

    [Fact]
    public void Load_StructThatIsSaved_KeepsTheLoadedCopy()
    {
        var original = new VectorEnvironment<CounterStruct>(new CounterStruct[2], SeedTree.Root(1));
        var actions = new ActionBatch(original.Spec.Actions, 2);
        for (var i = 0; i < 4; i++) original.Step(actions);
        var restored = new VectorEnvironment<CounterStruct>(new CounterStruct[2], SeedTree.Root(1));

        Load(restored, Save(original));

        Assert.Equal([5f, 5f], restored.Step(actions).Rewards.ToArray());
    }

    [Fact]
    public void Save_ReferencesWithoutISaved_SaysHowRunsResume()
    {
        var environment = new VectorEnvironment<ScriptedEnvironment>([new()], SeedTree.Root(1));

        Assert.False(environment.IsSaveable);
        var refusal = Assert.Throws<NotSupportedException>(() => Save(environment));
        Assert.Equal(
            "Scripted cannot be saved in the middle of an episode, so its runs resume only at episode borders: ScriptedEnvironment holds references and does not " +
            "implement ISaved. Implement ISaved on it, or make it a struct without references.", refusal.Message);
    }

    [Fact]
    public void Load_OtherNumberOfRows_IsRefused()
    {
        var saved = Save(new VectorEnvironment<CartPole>(new CartPole[2], SeedTree.Root(1)));

        Assert.Throws<InvalidDataException>(() => Load(new VectorEnvironment<CartPole>(new CartPole[3], SeedTree.Root(1)), saved));
    }

    internal static byte[] Save(ISaved state)
    {
        var writer = new ArrayBufferWriter<byte>();
        state.Save(writer);
        return writer.WrittenSpan.ToArray();
    }

    internal static void Load(ISaved state, byte[] saved)
    {
        var reader = new SequenceReader<byte>(new(saved));
        state.Load(ref reader);
        Assert.Equal(0, reader.Remaining);
    }

    internal static List<float> Play(IVectorEnvironment environment, SeedTree seeds, int steps)
    {
        var (policy, random) = (new RandomPolicy(), seeds.Start());
        var actions = new ActionBatch(environment.Spec.Actions, environment.Rows);
        var seen = new List<float>();
        for (var i = 0; i < steps; i++)
        {
            policy.Act(environment.Frames, PolicyMemory.None, ref random, actions);
            var transition = environment.Step(actions);
            seen.AddRange(transition.Rewards);
            seen.AddRange(transition.FinalFrames.Observations);
            seen.AddRange(environment.Frames.Observations);
            foreach (var end in transition.Ends) seen.Add((float)end);
        }
        return seen;
    }

    private sealed class Counter : IEnvironment, ISaved
    {
        private CounterStruct _count;

        public static EnvironmentSpec Describe() => CounterStruct.Describe();

        public void Reset(Frame first, ref Randomness random) => _count.Reset(first, ref random);

        public Outcome Step(AgentAction action, Frame next, ref Randomness random) => _count.Step(action, next, ref random);

        public void Save(IBufferWriter<byte> writer) => _count.Save(writer);

        public void Load(ref SequenceReader<byte> reader) => _count.Load(ref reader);
    }

    private struct CounterStruct : IEnvironment, ISaved
    {
        private long _count;

        public static EnvironmentSpec Describe() => new() { Name = "Counter", ObservationSize = 1, Actions = new ActionSpace.Discrete(1) };

        public void Reset(Frame first, ref Randomness random) => first.Observation[0] = _count = 0;

        public Outcome Step(AgentAction action, Frame next, ref Randomness random)
        {
            next.Observation[0] = ++_count;
            return new(_count);
        }

        public readonly void Save(IBufferWriter<byte> writer) => writer.Write(_count);

        public void Load(ref SequenceReader<byte> reader) => _count = reader.ReadLong();
    }
}
