using System.Runtime.CompilerServices;
using Pilotage.Environments;
using Pilotage.Experience;
using Pilotage.Experience.Datasets;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Datasets.Tests;

public sealed class DatasetFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(".parquet", "discrete"), InlineData(".parquet", "masked"), InlineData(".parquet", "box"), InlineData(".parquet", "several"), InlineData(".parquet", "both")]
    [InlineData(".csv", "discrete"), InlineData(".csv", "masked"), InlineData(".csv", "box")]
    [InlineData(".jsonl", "discrete"), InlineData(".jsonl", "masked"), InlineData(".jsonl", "box")]
    public void Read_WhatWasWritten_IsTheSameBits(string ending, string kind)
    {
        var written = Log(kind);
        DatasetFile.Write(_folder.In("log" + ending), written);
        var read = DatasetFile.Read(_folder.In("log" + ending));
        Assert.Equal(Bits(written.Steps.Observations), Bits(read.Steps.Observations));
        Assert.Equal(Bits(written.Steps.FinalFrames.Observations), Bits(read.Steps.FinalFrames.Observations));
        Assert.Equal(Bits(written.Steps.Rewards), Bits(read.Steps.Rewards));
        Assert.Equal(Bits(written.Steps.ActionValues), Bits(read.Steps.ActionValues));
        Assert.Equal(written.Steps.ActionIndices.ToArray(), read.Steps.ActionIndices.ToArray());
        Assert.Equal(written.Steps.Legal.ToArray(), read.Steps.Legal.ToArray());
        Assert.Equal(written.Steps.FinalFrames.Legal.ToArray(), read.Steps.FinalFrames.Legal.ToArray());
        Assert.Equal(written.Episodes, read.Episodes);
        Assert.Equal(written.Spec.ObservationSize, read.Spec.ObservationSize);
        if (ending != ".parquet") return;
        Assert.Equal(written.Origin, read.Origin);
        Assert.Equal((written.Spec.Name, written.Spec.TimeLimit), (read.Spec.Name, read.Spec.TimeLimit));
        read.ThrowUnlessLike(written.Spec);                                               // actions that were never taken are there too
    }

    [Fact]
    public void Read_MoreRowsThanAGroup_ReadsAllOfThem()
    {
        var spec = new EnvironmentSpec { Name = "Line", ObservationSize = 1, Actions = new ActionSpace.Discrete(2) };
        var steps = new Demonstrations(spec);
        float[] numbers = [.. Enumerable.Range(0, 70_000).Select(i => (float)i)];
        steps.Add(numbers, [], new int[numbers.Length], [], numbers, End.Truncated, [-1], []);
        DatasetFile.Write(_folder.In("long.parquet"), new(steps, new()));
        Assert.Equal(numbers, DatasetFile.Read(_folder.In("long.parquet")).Steps.Rewards.ToArray());
    }

    [Fact]
    public void Read_CsvOfAnotherProgram_KeepsWhatItSaysAndNotesWhatItDoesNot()
    {
        var log = Csv(
            """
            Episode_name,episode,speed,action,reward,done
            1,1700000001,0.5,0,1,false
            1,1700000001,1.5,2,1,true
            1,1700000002,2.5,1,-3,0
            """);
        Assert.Equal([new(0, 2, End.Terminated), new(2, 1, End.Running)], log.Episodes);   // both numbers would be the same as floats
        Assert.Equal(["Episode_name", "speed"], log.Spec.ObservationNames);
        Assert.Equal(new ActionSpace.Discrete(3), log.Spec.Actions);
        Assert.Equal((1f, 2.5f), (log.Steps.Observation(2)[0], log.NextObservation(2)[1]));
        Snapshot.Matches(log.Origin.Note, "note_of_a_log");
    }

    [Fact]
    public void Read_CsvWithNextColumns_TakesTheLastOneAsTheFinalFrame()
    {
        var log = Csv(
            """
            x,action,reward,terminated,truncated,next_x
            1,0,0,0,0,2
            2,1,0,0,1,30
            7,1,0,1,0,40
            """);
        Assert.Equal([new(0, 2, End.Truncated), new(2, 1, End.Terminated)], log.Episodes);
        Assert.Equal([2, 30, 40], Enumerable.Range(0, 3).Select(step => log.NextObservation(step)[0]));
        Assert.DoesNotContain("last state", log.Origin.Note);
    }

    [Fact]
    public void Read_ActionsThatAreNoWholeNumbers_AreABoxOfTheirRange()
    {
        var box = Assert.IsType<ActionSpace.Box>(Csv("x,action,reward,done\n1,0.5,0,0\n1,-2,0,1\n").Spec.Actions);
        Assert.Equal((-2f, 0.5f), (box.Low[0], box.High[0]));
    }

    [Fact]
    public void Read_NumberOfActionsGiven_IsTakenWhateverWasDone() =>
        Assert.Equal(new ActionSpace.Discrete(5), Csv("x,action,reward,done\n1,0,0,0\n1,1,0,1\n", new() { ActionCount = 5 }).Spec.Actions);

    [Theory]
    [InlineData("columns_missing", "episode,step,next_x\n1,2,3\n")]
    [InlineData("column_twice", "x,x,action,reward,done\n1,1,0,0,0\n")]
    [InlineData("some_next_columns", "x,y,action,reward,done,next_x\n1,1,0,0,0,2\n")]
    [InlineData("cells", "x,action,reward,done\n1,0,abc,0\nNaN,0,1,0\n1,,1,0\n1,0,1\n1,0,1e99,2\n")]
    [InlineData("steps_out_of_order", "episode,step,x,action,reward,done\n1,0,1,0,0,0\n1,2,1,0,0,0\n1,3,1,0,0,0\n")]
    [InlineData("only_final_rows", "episode,x,action,reward,done\n1,1,,,\n")]
    [InlineData("no_rows", "x,action,reward,done\n")]
    [InlineData("empty_file", "")]
    public void Read_MalformedCsv_TellsAllProblemsWithFileLineAndColumn(string name, string text) =>
        Snapshot.Matches(Message(() => Csv(text)), name);

    [Fact]
    public void Read_ManyProblems_ShowsSomeAndCountsTheRest() => Snapshot.Matches(
        Message(() => Csv("x,action,reward,done\n" + string.Concat(Enumerable.Repeat("a,b,c,d\n", 100)))).Split('\n')[^1], "many_problems");

    [Fact]
    public void Read_ActionsOutOfBounds_AreToldByWhatIsAllowed()
    {
        Snapshot.Matches(Message(() => Csv("x,action,reward,done\n1,3,0,0\n1,-1,0,0\n1,0.5,0,1\n", new() { ActionCount = 3 })), "actions_out_of_bounds");
        Snapshot.Matches(Message(() => Csv("x,action_0,action_1,reward,done\n1,3,1,0,0\n", new() { ActionCount = 3 })), "number_of_actions_of_two_columns");
    }

    [Theory]
    [InlineData("broken_line", """{"x": 1, "action": 0, "reward": 1, "done": true}""" + "\n{\"x\": 1, \n[1]\n")]
    [InlineData("other_names", """{"x": [1, 2], "action": 0, "reward": 1, "done": false}""" + "\n" + """{"x": [1, 2, 3], "action": 0, "reward": "two", "done": true}""" + "\n")]
    [InlineData("first_line_broken", "[1, 2]\n")]
    public void Read_MalformedJson_TellsTheLine(string name, string text)
    {
        File.WriteAllText(_folder.In("log.jsonl"), text);
        Snapshot.Matches(Message(() => DatasetFile.Read(_folder.In("log.jsonl"))), name);
    }

    [Theory, InlineData("not_there", "nowhere.csv", null), InlineData("unknown_kind", "log.npz", "x"), InlineData("no_parquet", "log.parquet", "x,action\n"), InlineData("no_hdf5", "log.hdf5", "x,action\n")]
    public void Read_WrongFile_IsToldInOneMessage(string name, string file, string? content)
    {
        if (content is not null) File.WriteAllText(_folder.In(file), content);
        var message = Message(() => DatasetFile.Read(_folder.In(file)));
        Assert.DoesNotContain("   at ", message);
        if (name is "not_there" or "unknown_kind") Snapshot.Matches(message, name);
        else Assert.StartsWith("PIL1128", message);
    }

    [Fact]
    public void Read_CutParquet_IsToldInOneMessage()
    {
        DatasetFile.Write(_folder.In("log.parquet"), Log("discrete"));
        var bytes = File.ReadAllBytes(_folder.In("log.parquet"));
        File.WriteAllBytes(_folder.In("log.parquet"), bytes[..(bytes.Length / 2)]);
        Assert.StartsWith("PIL1128", Message(() => DatasetFile.Read(_folder.In("log.parquet"))));
    }

    [Fact]
    public void Read_Minari_HasOneObservationMoreThanActions()
    {
        var log = DatasetFile.Read(Sample("two_episodes.hdf5"));
        Assert.Equal([new(0, 3, End.Terminated), new(3, 2, End.Truncated)], log.Episodes);
        Assert.Equal([0, 0.125f, 0.25f, 0.375f, 0.5f, 0.625f, 1.25f, 1.375f, 1.5f, 1.625f], log.Steps.Observations.ToArray());
        Assert.Equal([0.75f, 0.875f, 1.75f, 1.875f], log.Steps.FinalFrames.Observations.ToArray());
        Assert.Equal([0, 1, 2, 1, 1], log.Steps.ActionIndices.ToArray());
        Assert.Equal([0.5f, 1, -2, 0.5f, 1], log.Steps.Rewards.ToArray());
        Assert.Equal("imported from two_episodes.hdf5", log.Origin.Note);
    }

    [Fact]
    public void Read_MinariOfRealActions_KeepsBothDimensions()
    {
        var log = DatasetFile.Read(Sample("two_dimensions.hdf5"));
        Assert.Equal(2, log.Spec.Actions.ValueCount);
        Assert.Equal([-1, -0.6f, -0.2f, 0.2f, 0.6f, 1], log.Steps.ActionValues[..6].ToArray().Select(value => MathF.Round(value, 5)));
        Assert.Equal(0.375f, log.Steps.Observation(1)[1]);
    }

    [Theory, InlineData("one_observation_short"), InlineData("dictionary"), InlineData("not_a_number")]
    public void Read_WrongMinari_IsToldWithItsGroup(string name) =>
        Snapshot.Matches(Message(() => DatasetFile.Read(Sample(name + ".hdf5"))).Replace(Path.GetDirectoryName(Sample("any"))! + Path.DirectorySeparatorChar, "", StringComparison.Ordinal), name);

    private TransitionDataset Csv(string text, DatasetReading? reading = null)
    {
        File.WriteAllText(_folder.In("log.csv"), text);
        return DatasetFile.Read(_folder.In("log.csv"), reading);
    }

    private string Message(Func<object> read) => Assert.Throws<UserMistakeException>(read).Message.Replace(_folder.Path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);

    // Three episodes, one of each end, with numbers that have many digits, signs and sizes.
    private static TransitionDataset Log(string kind)
    {
        ActionSpace space = kind switch
        {
            "discrete" => new ActionSpace.Discrete(3),
            "masked" => new ActionSpace.Discrete(3, Masked: true),
            "box" => new ActionSpace.Box([-1, -2], [1, 2]),
            "several" => new ActionSpace.MultiDiscrete([3, 4], Masked: true),
            _ => new ActionSpace.Composite(new([3]), new([-1], [1])),
        };
        var spec = new EnvironmentSpec { Name = "Hall", ObservationSize = 2, Actions = space, TimeLimit = 4, ObservationNames = ["depth", kind == "box" ? "reward" : "wind, east"] };
        var (steps, random) = (new Demonstrations(spec), SeedTree.Root(1).Start());
        foreach (var (length, end) in new[] { (3, End.Terminated), (4, End.Truncated), (2, End.Running) })
        {
            var (observations, values, rewards) = (Numbers(2 * length, 1e6), Numbers(length * space.ValueCount, 1), Numbers(length, 1e-3));
            var indices = new int[length * space.IndexCount];
            foreach (ref var index in indices.AsSpan()) index = random.NextInt(3);         // 0, 1 or 2, which is within every choice
            var legal = Enumerable.Repeat(true, length * space.LegalCount).ToArray();
            if (legal.Length > 0) legal[indices[0] == 0 ? 1 : 0] = false;                  // not what was done
            steps.Add(observations, legal, indices, values, rewards, end, Numbers(2, 1e-20), [.. Enumerable.Range(0, space.LegalCount).Select(i => i != 1)]);
        }
        return new(steps, new() { Kind = DatasetKind.Noisy, Behaviour = "rule, epsilon 0.2", Seed = -7, Note = "by \"hand\"" });

        float[] Numbers(int count, double scale)
        {
            var numbers = new float[count];
            foreach (ref var number in numbers.AsSpan()) number = (float)random.NextUniform(-scale, scale);
            return numbers;
        }
    }

    private static uint[] Bits(ReadOnlySpan<float> values)
    {
        var bits = new uint[values.Length];
        for (var i = 0; i < bits.Length; i++) bits[i] = BitConverter.SingleToUInt32Bits(values[i]);
        return bits;
    }

    private static string Sample(string file, [CallerFilePath] string source = "") => Path.Combine(Path.GetDirectoryName(source)!, file);
}
