using CsCheck;
using Pilotage.Testing;
using Pilotage.Training;
using Xunit;

namespace Pilotage.Tests.Training;

public sealed class SafetensorsSetTests : IDisposable
{
    private const string Index = "model.safetensors.index.json";
    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Open_FolderWithIndex_ResolvesNamesOverItsShards()
    {
        Shard("model-00001-of-00002.safetensors", ("a", 1), ("b", 2));
        Shard("model-00002-of-00002.safetensors", ("c", 3), ("extra", 4));
        Save("""{"metadata":{"total_size":12},"weight_map":{"c":"model-00002-of-00002.safetensors","a":"model-00001-of-00002.safetensors","b":"model-00001-of-00002.safetensors"}}""");

        using var set = SafetensorsSet.Open(_temporary.Path);

        Assert.Equal(["a", "b", "c"], set.Tensors.Select(tensor => tensor.Name));
        Assert.Equal([1f, 2f, 3f], set.Tensors.Select(tensor => One(set, tensor.Name)));
        Assert.Equal(["model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"], set.Files.Select(Path.GetFileName));
        Assert.Equal(set.Files[1], set.ShardOf("c").Path);
        Assert.Equal(_temporary.In(Index), set.Path);
        Assert.Throws<KeyNotFoundException>(() => set.ShardOf("extra"));
    }

    [Fact]
    public void Open_NameInTwoShards_IsTakenFromTheOneThatTheIndexSays()
    {
        Shard("1.safetensors", ("a", 1), ("b", 1));
        Shard("2.safetensors", ("a", 2), ("b", 2));
        Save("""{"weight_map":{"a":"1.safetensors","b":"2.safetensors"}}""");

        using var set = SafetensorsSet.Open(_temporary.In(Index));

        Assert.Equal([("a", 1f), ("b", 2f)], set.Tensors.Select(tensor => (tensor.Name, One(set, tensor.Name))));
    }

    [Fact]
    public void Open_FolderWithOneFileOrTheFileItself_IsASetOfOne()
    {
        Shard("model.safetensors", ("a", 1));

        using var folder = SafetensorsSet.Open(_temporary.Path);
        using var file = SafetensorsSet.Open(_temporary.In("model.safetensors"));

        Assert.Equal((1f, 1f), (One(folder, "a"), One(file, "a")));
        Assert.Equal(_temporary.In("model.safetensors"), folder.Path);
    }

    [Fact]
    public void Open_EmptyFolder_NamesTheFileThatIsNotThere() =>
        Assert.Contains("model.safetensors", Assert.Throws<FileNotFoundException>(() => SafetensorsSet.Open(_temporary.Path)).Message);

    [Fact]
    public void Open_EverythingWrongWithTheShards_IsToldAtOnce()
    {
        Shard("good.safetensors", ("a", 1));
        File.WriteAllText(_temporary.In("damaged.safetensors"), "no");
        Save("""
            {"weight_map":{"a":"good.safetensors","b":"good.safetensors","c":"gone.safetensors","d":"damaged.safetensors","e":"../good.safetensors","f":"/etc/passwd","g":"..","h":"C:good","i":"sub\\x"}}
            """);

        var exception = Assert.Throws<InvalidDataException>(() => SafetensorsSet.Open(_temporary.Path));

        Snapshot.Matches(_temporary.Anonymous(exception.Message.Replace("sub\\x", "sub(backslash)x", StringComparison.Ordinal)));
        File.Delete(_temporary.In("good.safetensors"));                   // closed again, on systems that lock what is open
    }

    [Theory]
    [InlineData("", "it is no readable JSON")]
    [InlineData("{", "it is no readable JSON")]
    [InlineData("[]", "it has no object weight_map")]
    [InlineData("{}", "it has no object weight_map")]
    [InlineData("""{"weight_map":[]}""", "it has no object weight_map")]
    [InlineData("""{"weight_map":{"a":1}}""", "weight_map gives no file name for a")]
    [InlineData("""{"weight_map":{"a":"x","a":"y"}}""", "it is no readable JSON")]
    [InlineData("""{"weight_map":{"\ud800":"x"}}""", "it has text that is no text")]
    [InlineData("""{"weight_map":{"a":"\ud800"}}""", "it has text that is no text")]
    [InlineData("""{"x":[[[[[[[[[[[[1]]]]]]]]]]]]}""", "it is no readable JSON")]
    public void Open_DamagedIndex_NamesTheFileAndSaysHow(string json, string expected)
    {
        Save(json);

        var message = Assert.Throws<InvalidDataException>(() => SafetensorsSet.Open(_temporary.In(Index))).Message;

        Assert.StartsWith($"{_temporary.In(Index)} cannot be used: {expected}", message);
    }

    [Fact]
    public void Open_IndexOfMoreThanTheLimit_IsRefusedBeforeItIsRead()
    {
        using (var stream = File.Create(_temporary.In(Index))) stream.SetLength(100_000_001);

        Assert.Contains("the longest allowed has 100000000", Assert.Throws<InvalidDataException>(() => SafetensorsSet.Open(_temporary.Path)).Message);
    }

    [Fact]
    public void Open_IndexDamagedInAnyWay_OpensOrIsInvalidData()
    {
        Shard("1.safetensors", ("a", 1), ("b", 1));
        var good = System.Text.Encoding.UTF8.GetBytes("""{"metadata":{"total_size":8},"weight_map":{"a":"1.safetensors","b":"1.safetensors"}}""");
        Gen.Select(Gen.Select(Gen.Int[0, good.Length - 1], Gen.Byte).Array[0, 3], Gen.Int[0, 3 * good.Length]).ForCases(2000, (changes, length) =>
        {
            var bytes = good.ToArray();
            foreach (var (at, value) in changes) bytes[at] = value;
            SafetensorsBytes.Overwrite(_temporary.In(Index), bytes[..Math.Min(length, bytes.Length)]);
            try
            {
                using var set = SafetensorsSet.Open(_temporary.Path);
                Assert.All(set.Tensors, tensor => Assert.Equal(1f, One(set, tensor.Name)));
            }
            catch (InvalidDataException exception)
            {
                Assert.StartsWith(_temporary.In(Index), exception.Message);
            }
        });
    }

    private static float One(SafetensorsSet set, string name)
    {
        var value = new float[1];
        set.Read(name, value);
        return value[0];
    }

    private void Shard(string name, params (string Name, float Value)[] tensors)
    {
        var writer = new SafetensorsWriter();
        foreach (var tensor in tensors) writer.Add(new(tensor.Name, [1], new[] { tensor.Value }));
        using var stream = File.Create(_temporary.In(name));
        writer.Write(stream);
    }

    private void Save(string index) => File.WriteAllText(_temporary.In(Index), index);
}
