using System.Buffers;
using Pilotage.Algorithms;
using Pilotage.Environments;
using Pilotage.Environments.ClassicControl;
using Pilotage.Policies;
using Pilotage.Settings;
using Pilotage.Tensors;
using Pilotage.Tests.Environments;
using Xunit;

namespace Pilotage.Tests.Policies;

public sealed class NormalizedPolicyTests
{
    [Fact]
    public void Act_RawFrames_ActsLikeTheInnerPolicyOnNormalisedOnesAndLearnsNothing()
    {
        var normalizer = new ObservationNormalizer(1);
        normalizer.Update(new FrameBatch(2, [90, 110]));
        var before = VectorEnvironmentSavedTests.Save(normalizer);
        var policy = new NormalizedPolicy(new RulePolicy((observation, values) => values[0] = observation[0]), normalizer);
        var actions = new ActionBatch(new ActionSpace.Box([-9], [9]), 3);
        var random = SeedTree.Root(1).Start();

        policy.Act(new(3, [90, 100, 120]), policy.CreateMemory(3), ref random, actions);

        float[] expected = [-1, 0, 2];
        for (var i = 0; i < 3; i++) Assert.Equal(expected[i], actions.Values[i], 1e-6f);
        Assert.Equal(before, VectorEnvironmentSavedTests.Save(normalizer));
    }

    /// <summary>Whoever normalises for a learner also does so for its policy; the learner does it for what it normalised itself, and for nothing twice.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Policy_OfALearnerInANormalisedEnvironment_ActsOnTheFramesThatTheLearnerWasGiven(bool normalizesItself)
    {
        foreach (var name in new[] { "a2c", "ppo", "reinforce", "impala", "recurrent-ppo" })
        {
            var entry = AlgorithmCatalog.Find(name);
            var chosen = new KeyValuePair<string, string>[] { new("normalizeObservations", normalizesItself ? "true" : "false"), new("environmentCount", "8") };
            var settings = SettingsBinder.Bind(entry.Settings, entry.Settings.Default, SettingSource.FromCode(chosen, "test"));
            var given = new NormalizedEnvironment(new VectorEnvironment<CartPole>(new CartPole[8], SeedTree.Root(1)), new(4), rewards: null, isFrozen: true);
            var learner = entry.Create(settings, (_, _) => given, SeedTree.Root(1), Device.Managed);

            Assert.Equal(normalizesItself, learner.Policy is NormalizedPolicy);
            if (learner.Policy is NormalizedPolicy own) Assert.NotSame(given.Observations, own.Normalizer);
        }
    }

    [Fact]
    public void Act_InnerMemory_IsHandedOnResetAndSaved()
    {
        var policy = new NormalizedPolicy(new CountingPolicy(), new(1));
        var (memory, random) = (policy.CreateMemory(2), SeedTree.Root(1).Start());
        var actions = new ActionBatch(new ActionSpace.Discrete(100), 2);
        for (var i = 0; i < 3; i++) policy.Act(new(2, [0, 0]), memory, ref random, actions);
        memory.ResetRow(1);
        var restored = policy.CreateMemory(2);
        VectorEnvironmentSavedTests.Load(restored, VectorEnvironmentSavedTests.Save(memory));

        policy.Act(new(2, [0, 0]), restored, ref random, actions);

        Assert.Equal([4, 1], actions.Indices.ToArray());
    }

    [Fact]
    public void Act_ForeignMemory_IsRefused()
    {
        var policy = new NormalizedPolicy(new RandomPolicy(), new(1));
        var random = SeedTree.Root(1).Start();
        Assert.Throws<ArgumentException>(() => policy.Act(new(1, [0]), PolicyMemory.None, ref random, new(new ActionSpace.Discrete(2), 1)));
        Assert.Throws<ArgumentException>(() => policy.Act(new(1, [0]), policy.CreateMemory(2), ref random, new(new ActionSpace.Discrete(2), 1)));
    }

    /// <summary>Its action is how often it acted in the row's episode.</summary>
    internal sealed class CountingPolicy : IPolicy
    {
        public PolicyMemory CreateMemory(int rows) => new Memory(new int[rows]);

        public void Act(FrameBatch frames, PolicyMemory memory, ref Randomness random, ActionBatch actions)
        {
            for (var row = 0; row < frames.Rows; row++) actions.Indices[row] = ++((Memory)memory).Counts[row];
        }

        private sealed class Memory(int[] counts) : PolicyMemory
        {
            public int[] Counts => counts;

            public override void ResetRow(int row) => counts[row] = 0;

            public override void Save(IBufferWriter<byte> writer) => writer.Write<int>(counts);

            public override void Load(ref SequenceReader<byte> reader) => reader.ReadInto<int>(counts);
        }
    }
}
