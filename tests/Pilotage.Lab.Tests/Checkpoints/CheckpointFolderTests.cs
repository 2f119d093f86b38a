using CsCheck;
using Pilotage.Lab.Checkpoints;
using Pilotage.Testing;
using Pilotage.Training;
using Xunit;

namespace Pilotage.Lab.Tests.Checkpoints;

public sealed class CheckpointFolderTests : IDisposable
{
    private const string Kind = "counter";
    private const string Configuration = "0123456789abcdef";
    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Load_AfterSave_GivesTheLearnerBackBitForBit()
    {
        var learner = Trained(iterations: 5);
        var folder = Folder();
        folder.Save(Take(learner, 5));

        var loaded = Folder().LoadNewest(Kind, Configuration);
        var again = new CounterLearner();
        loaded.Checkpoint.RestoreInto(again);

        Assert.Empty(loaded.Messages);
        Assert.Equal((5, 640, 640), (loaded.Checkpoint.Iteration, loaded.Checkpoint.Steps, again.Steps));
        Assert.Equal(ParameterHash.Of(learner.Weights), ParameterHash.Of(again.Weights));
        learner.Iterate();
        again.Iterate();
        Assert.Equal(ParameterHash.Of(learner.Weights), ParameterHash.Of(again.Weights));
    }

    [Fact]
    public void Load_AnyWeights_KeepsEveryBit() =>
        Gen.Select(Gen.UInt.Array[0, 50], Gen.Byte.Array[0, 50]).ForCases(200, (bits, state) =>
        {
            WeightBlock[] weights = [new("a.b", [bits.Length], bits.Select(BitConverter.UInt32BitsToSingle).ToArray()), new("empty", [0, 3], Memory<float>.Empty)];
            using var stream = new MemoryStream();
            CheckpointFile.Write(stream, new(Kind, 1, 2, Configuration, weights, state));
            stream.Position = 0;

            var again = CheckpointFile.Read(stream);

            Assert.Equal(ParameterHash.Of(weights), ParameterHash.Of(again.Weights));
            Assert.Equal(state, again.State.ToArray());
        });

    [Fact]
    public void Save_Thrice_KeepsTheLastTwo()
    {
        SaveAfter(Folder(), 1, 2, 3);

        Assert.Equal(["steps-000000000384.safetensors", "steps-000000000256.safetensors"], Folder().Files.Select(Path.GetFileName));
    }

    [Fact]
    public void Save_AfterAKill_RemovesTheHalfFileThatItLeft()
    {
        var folder = Folder();
        SaveAfter(folder, 1);
        File.WriteAllText(_temporary.In("steps-000000000200.safetensors.tmp"), "half");

        SaveAfter(folder, 2);

        Assert.Equal(2, Directory.GetFiles(_temporary.Path).Length);
    }

    [Fact]
    public void Load_NewestCutOff_TakesTheOneBeforeAndSaysSo()
    {
        SaveAfter(Folder(), 1, 2);
        Damage(Folder().Files[0], bytes => bytes[..^3]);

        var loaded = Folder().LoadNewest(Kind, Configuration);

        Assert.Equal(128, loaded.Checkpoint.Steps);
        Snapshot.Matches(_temporary.Anonymous(string.Join("\n", loaded.Messages)));
    }

    [Fact]
    public void Save_AfterFallingBack_NeverRemovesTheLastTwoGoodOnes()
    {
        SaveAfter(Folder(), 1, 3);
        Damage(Folder().Files[0], bytes => bytes[..^3]);
        var folder = Folder();
        folder.LoadNewest(Kind, Configuration);

        SaveAfter(folder, 2);

        Assert.Equal(["steps-000000000256.safetensors", "steps-000000000128.safetensors"], folder.Files.Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("empty_file")]
    [InlineData("cut_off_in_header")]
    [InlineData("one_bit_of_data")]
    [InlineData("other_version")]
    [InlineData("other_configuration")]
    [InlineData("other_kind")]
    [InlineData("plain_safetensors")]
    public void Load_NothingUsable_SaysWhatIsWrongWithEachFile(string name)
    {
        if (name != "none") SaveAfter(Folder(), 1);
        foreach (var file in Folder().Files)
        {
            Damage(file, bytes => name switch
            {
                "empty_file" => [],
                "cut_off_in_header" => bytes[..100],
                "one_bit_of_data" => [.. bytes[..^1], (byte)(bytes[^1] ^ 1)],
                "other_version" => Replace(bytes, "\"pilotage_format\":\"1\"", "\"pilotage_format\":\"2\""),
                "plain_safetensors" => Replace(bytes, "\"pilotage_format\"", "\"somebody_format\""),
                _ => bytes,
            });
        }

        var exception = Assert.Throws<UserMistakeException>(() => Folder().LoadNewest(name == "other_kind" ? "ppo" : Kind, name == "other_configuration" ? "fedcba98765432" : Configuration));

        Snapshot.Matches(_temporary.Anonymous(string.Join("\n", exception.Problems)), name);
    }

    [Theory]
    [InlineData("full_disk", false)]
    [InlineData("short_write", true)]
    public void Save_DiskTakesOnlyAPart_FailsAndKeepsTheLastGoodOne(string name, bool isSilent)
    {
        var capacity = long.MaxValue;
        var folder = new CheckpointFolder(_temporary.Path, path => new FullDisk(path, capacity, isSilent));
        SaveAfter(folder, 1);
        capacity = 300;

        var exception = Assert.Throws<RunFailedException>(() => SaveAfter(folder, 2));

        Assert.Equal(["steps-000000000128.safetensors"], Directory.GetFiles(_temporary.Path).Select(Path.GetFileName));
        Assert.Equal(128, Folder().LoadNewest(Kind, Configuration).Checkpoint.Steps);
        Snapshot.Matches(_temporary.Anonymous(exception.Message), name);
    }

    [Fact]
    public void Save_FolderIsAFile_Fails()
    {
        File.WriteAllText(_temporary.In("checkpoints"), "");

        Assert.Throws<RunFailedException>(() => new CheckpointFolder(_temporary.In("checkpoints")).Save(Take(Trained(1), 1)));
    }

    [Fact]
    public void RestoreInto_ALearnerOfAnotherShape_IsRefusedBeforeItChanges()
    {
        var checkpoint = Take(Trained(2), 2);
        var other = new CounterLearner(width: 4);

        Assert.Throws<InvalidDataException>(() => checkpoint.RestoreInto(other));
        Assert.Equal(0, other.Steps);
    }

    [Fact]
    public void Read_AnyDamage_GivesACheckpointOrInvalidData()
    {
        using var whole = new MemoryStream();
        CheckpointFile.Write(whole, Take(Trained(2), 2));
        var good = whole.ToArray();
        Gen.Select(Gen.Select(Gen.Int[0, good.Length - 1], Gen.Byte).Array[0, 4], Gen.Int[0, 2 * good.Length]).ForCases(3000, (damages, length) =>
        {
            var bytes = good.ToArray();
            foreach (var (at, value) in damages) bytes[at] = value;
            try
            {
                CheckpointFile.Read(new MemoryStream(bytes, 0, Math.Min(length, bytes.Length)));
            }
            catch (InvalidDataException exception)
            {
                Assert.NotEmpty(exception.Message);
            }
        });
    }

    private static CounterLearner Trained(int iterations)
    {
        var learner = new CounterLearner();
        for (var i = 0; i < iterations; i++) learner.Iterate();
        return learner;
    }

    private static Checkpoint Take(CounterLearner learner, long iteration) => Checkpoint.Of(learner, Kind, iteration, Configuration);

    private static void SaveAfter(CheckpointFolder folder, params int[] iterations)
    {
        foreach (var iteration in iterations) folder.Save(Take(Trained(iteration), iteration));
    }

    private static void Damage(string path, Func<byte[], byte[]> damage) => File.WriteAllBytes(path, damage(File.ReadAllBytes(path)));

    private static byte[] Replace(byte[] bytes, string from, string to) => System.Text.Encoding.Latin1.GetBytes(System.Text.Encoding.Latin1.GetString(bytes).Replace(from, to, StringComparison.Ordinal));

    private CheckpointFolder Folder() => new(_temporary.Path);
}
