using System.Buffers;
using Pilotage.Environments.Mujoco;
using Pilotage.Environments.Mujoco.Tasks;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Environments.Tests.Mujoco;

public sealed class MujocoEnvironmentTests
{
    public static TheoryData<string> Names => Models.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void SaveLoad_InMidEpisode_GoesOnBitForBit(string name)
    {
        var entry = Models.Entry(name);
        var (straight, resumed) = (entry.Create(3, SeedTree.Root(1)), entry.Create(3, SeedTree.Root(2)));
        var actions = new ActionBatch(entry.Spec.Actions, 3);
        var random = SeedTree.Root(3).Start();
        for (var step = 0; step < 37; step++) straight.Step(Draw(actions, ref random));
        for (var step = 0; step < 11; step++) resumed.Step(actions);

        Copy(straight, resumed);
        for (var step = 0; step < 60; step++)
        {
            Draw(actions, ref random);
            var expected = straight.Step(actions);
            var actual = resumed.Step(actions);
            Assert.Equal(expected.Rewards.ToArray(), actual.Rewards.ToArray());
            Assert.Equal(expected.Ends.ToArray(), actual.Ends.ToArray());
            Assert.Equal(expected.FinalFrames.Observations.ToArray(), actual.FinalFrames.Observations.ToArray());
            Assert.Equal(straight.Frames.Observations.ToArray(), resumed.Frames.Observations.ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Step_SameSeed_IsBitIdenticalAndRowsDoNotDependOnTheirNumber(string name)
    {
        var entry = Models.Entry(name);
        var (one, three) = (entry.Create(1, SeedTree.Root(1)), entry.Create(3, SeedTree.Root(1)));
        ActionBatch few = new(entry.Spec.Actions, 1), many = new(entry.Spec.Actions, 3);
        var random = SeedTree.Root(4).Start();
        for (var step = 0; step < 60; step++)
        {
            Draw(many, ref random);
            many.Values[..few.Values.Length].CopyTo(few.Values);
            one.Step(few);
            three.Step(many);
            Assert.Equal(one.Frames.Observation(0).ToArray(), three.Frames.Observation(0).ToArray());
        }
    }

    [Theory]
    [InlineData("Hopper-v4")]
    [InlineData("Humanoid-v5")]
    [InlineData("InvertedPendulum-v4")]
    [InlineData("Reacher-v5")]
    public void Step_WithAutoreset_AllocatesNothing(string name)
    {
        var entry = Models.Entry(name);
        var environment = entry.Create(2, SeedTree.Root(1));
        var actions = new ActionBatch(entry.Spec.Actions, 2);
        actions.Values.Fill(0.3f);

        Assert.Equal(0, Allocations.Fewest(() => environment.Step(actions), repetitions: 60));
    }

    [Theory]
    [InlineData("Reacher-v4", 50)]
    [InlineData("Swimmer-v5", 1000)]
    public void Step_AtTheLimit_TruncatesAndDoesNotTerminate(string name, int limit)
    {
        var entry = Models.Entry(name);
        var environment = entry.Create(1, SeedTree.Root(1));
        var actions = new ActionBatch(entry.Spec.Actions, 1);
        for (var step = 1; step < limit; step++) Assert.Equal(End.Running, environment.Step(actions).Ends[0]);

        var last = environment.Step(actions);

        Assert.Equal(End.Truncated, last.Ends[0]);
        Assert.NotEqual(environment.Frames.Observation(0).ToArray(), last.FinalFrames.Observation(0).ToArray());
    }

    [Fact]
    public void Step_SimulationThatBreaksDown_TerminatesWithTheLastGoodObservation()
    {
        var (environment, observation) = Single<HalfCheetah>(TaskVersion.V5);
        var random = SeedTree.Root(1).Start();
        environment.Reset(new(observation, []), ref random);
        environment.Step(new([], new float[6]), new(observation, []), ref random);
        var shown = observation.ToArray();
        environment.Data.Velocities[3] = double.NaN;

        var outcome = environment.Step(new([], new float[6]), new(observation, []), ref random);

        Assert.Equal(new Outcome(0, End.Terminated), outcome);
        Assert.Equal(shown, observation);
        environment.Reset(new(observation, []), ref random);
        Assert.Equal(End.Running, environment.Step(new([], new float[6]), new(observation, []), ref random).End);
    }

    [Fact]
    public void InvertedDoublePendulum_UprightAtRest_TipAt1Point2AndReward9Point36()
    {
        using var model = Models.Load("inverted_double_pendulum.xml");
        using var data = new MujocoData(model);
        data.Forward();

        Assert.Equal(1.2, data.SitePositions[2], 1e-12);
        foreach (var version in new[] { TaskVersion.V4, TaskVersion.V5 })
            Assert.Equal(9.36, InvertedDoublePendulum.Create(model, version).Judge(data, 0, 0, [0]).Reward, 1e-6);
    }

    [Theory]
    [InlineData("Hopper", 11, 11, 1000)]
    [InlineData("Walker2d", 17, 17, 1000)]
    [InlineData("HalfCheetah", 17, 17, 1000)]
    [InlineData("Ant", 27, 105, 1000)]
    [InlineData("Humanoid", 376, 348, 1000)]
    [InlineData("Swimmer", 8, 8, 1000)]
    [InlineData("InvertedPendulum", 4, 4, 1000)]
    [InlineData("InvertedDoublePendulum", 11, 9, 1000)]
    [InlineData("Reacher", 11, 10, 50)]
    public void Spec_EachTask_HasGymnasiumsSizes(string task, int fourth, int fifth, int limit)
    {
        // Without library or models: a list of tasks needs neither.
        var entries = MujocoCatalog.All(() => throw new InvalidOperationException("nobody may ask")).ToDictionary(entry => entry.Name);
        var (four, five) = (entries[$"{task}-v4"].Spec, entries[$"{task}-v5"].Spec);

        Assert.Equal((fourth, fifth), (four.ObservationSize, five.ObservationSize));
        Assert.Equal((limit, limit), (four.TimeLimit, five.TimeLimit));
        Assert.All([four, five], spec => Assert.True(spec.ObservationNames.Count == 0 || spec.ObservationNames.Count == spec.ObservationSize));
        Assert.Equal(18, entries.Count);
    }

    [Theory]
    [InlineData("Hopper-v4", 0.005, 1)]
    [InlineData("HalfCheetah-v4", 0.1, 1)]
    [InlineData("Swimmer-v5", 0.1, 2)]
    [InlineData("InvertedPendulum-v5", 0.01, 0)]
    public void Reset_ManyEpisodes_FillTheNoiseIntervalOfPositions(string name, double scale, int skipped)
    {
        var entry = Models.Entry(name);
        var environment = entry.Create(4, SeedTree.Root(1));
        var initial = Models.Load(entry.Name.StartsWith("Hopper", StringComparison.Ordinal) ? "hopper.xml" : entry.Name.StartsWith("Half", StringComparison.Ordinal) ? "half_cheetah.xml"
            : entry.Name.StartsWith("Swimmer", StringComparison.Ordinal) ? "swimmer.xml" : "inverted_pendulum.xml").InitialPositions[skipped..].ToArray();
        var (low, high) = (double.MaxValue, double.MinValue);
        for (var episode = 0; episode < 100; episode++)
        {
            environment.Reset();
            for (var row = 0; row < 4; row++)
                for (var i = 0; i < initial.Length; i++)
                {
                    var noise = environment.Frames.Observation(row)[i] - initial[i];
                    (low, high) = (Math.Min(low, noise), Math.Max(high, noise));
                }
        }
        Assert.InRange(low, -1.0001 * scale, -0.98 * scale);
        Assert.InRange(high, 0.98 * scale, 1.0001 * scale);
    }

    [Fact]
    public void Reacher_Reset_PutsTheTargetInTheDiscAndAtRest()
    {
        var (environment, observation) = Single<Reacher>(TaskVersion.V5);
        var random = SeedTree.Root(1).Start();
        var farthest = 0.0;
        for (var episode = 0; episode < 500; episode++)
        {
            environment.Reset(new(observation, []), ref random);
            farthest = Math.Max(farthest, Math.Sqrt(observation[4] * (double)observation[4] + observation[5] * observation[5]));
            Assert.Equal([0, 0], environment.Data.Velocities[2..].ToArray());
        }
        Assert.InRange(farthest, 0.19, 0.2);
    }

    [Fact]
    public void Create_ModelOfAnotherTask_NamesAllDifferences()
    {
        var folder = Models.FolderOrSkip();
        using var copy = new TemporaryFolder();
        File.Copy(Path.Combine(folder, "swimmer.xml"), Path.Combine(copy.Path, "hopper.xml"));

        var message = Assert.Throws<UserMistakeException>(() => Hopper(copy.Path)).Message;

        Assert.Equal(
            "PIL1004  The model does not fit Hopper-v4: it has 5 positions and 5 velocities, expected are 6 and 6; it has 2 actuators, expected are 3; " +
            "actuator 0 drives joint \"motor1_rot\", expected is \"thigh_joint\"; actuator 1 drives joint \"motor2_rot\", expected is \"leg_joint\".\n" +
            $"         {Path.Combine(copy.Path, "hopper.xml")}. Take an unchanged hopper.xml: pilotage data get mjcf",
            message);
    }

    [Fact]
    public void Create_ModelWithOtherControlRange_IsRefused()
    {
        var folder = Models.FolderOrSkip();
        using var copy = new TemporaryFolder();
        var text = File.ReadAllText(Path.Combine(folder, "hopper.xml")).Replace("ctrlrange=\"-1.0 1.0\"", "ctrlrange=\"-1.0 2.0\"", StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(copy.Path, "hopper.xml"), text);

        Assert.Contains("actuator 0 takes [-1, 2], expected is [-1, 1]", Assert.Throws<UserMistakeException>(() => Hopper(copy.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_FolderWithoutModels_NamesTheFile()
    {
        Models.NeedMujoco();
        using var folder = new TemporaryFolder();

        Assert.StartsWith($"PIL1002  The model file {Path.Combine(folder.Path, "hopper.xml")} does not exist.", Assert.Throws<UserMistakeException>(() => Hopper(folder.Path)).Message, StringComparison.Ordinal);
    }

    private static IVectorEnvironment Hopper(string folder) => MujocoCatalog.All(() => folder).Single(entry => entry.Name == "Hopper-v4").Create(1, SeedTree.Root(1));

    private static (MujocoEnvironment<TTask> Environment, float[] Observation) Single<TTask>(TaskVersion version) where TTask : struct, IMujocoTask<TTask>
    {
        var description = TTask.Describe(version);
        return (new(Models.Load(description.ModelFile), description, version), new float[description.Spec.ObservationSize]);
    }

    private static ActionBatch Draw(ActionBatch actions, ref Randomness random)
    {
        foreach (ref var value in actions.Values) value = (float)random.NextUniform(-1, 1);
        return actions;
    }

    private static void Copy(IVectorEnvironment from, IVectorEnvironment to)
    {
        var saved = new ArrayBufferWriter<byte>();
        from.Save(saved);
        var reader = new SequenceReader<byte>(new(saved.WrittenMemory));
        to.Load(ref reader);
        Assert.Equal(0, reader.Remaining);
    }
}
