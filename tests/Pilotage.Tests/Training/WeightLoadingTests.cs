using Pilotage.Tensors;
using Pilotage.Testing;
using Pilotage.Training;
using Xunit;

namespace Pilotage.Tests.Training;

public sealed class WeightLoadingTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Theory]
    [InlineData(FloatFormat.F32)]
    [InlineData(FloatFormat.BF16)]
    [InlineData(FloatFormat.F16)]
    public void LoadInto_FileOfTheNetwork_FillsEveryParameter(FloatFormat format)
    {
        var (saved, fresh) = (Network(), Network());
        for (var i = 0; i < saved.All.Count; i++) saved.All[i].Values.Fill(i + 1.5f);
        using var file = Save(saved.Blocks, format);

        file.LoadInto(fresh);

        Assert.Equal(ParameterHash.Of(saved.Blocks), ParameterHash.Of(fresh.Blocks));
        Assert.Equal(saved.Values.ToArray(), fresh.Values.ToArray());     // the padding stays zero
    }

    [Fact]
    public void LoadInto_OtherNames_AreMappedAndIgnoredAsSaid()
    {
        var network = Network();
        using var file = Save([new("w", [2, 3], new float[] { 1, 2, 3, 4, 5, 6 }), new("shared", [3], new float[] { 7, 8, 9 }), new("rest", [1], new float[1])]);

        file.LoadInto(network, new Dictionary<string, string> { ["hidden.weight"] = "w", ["hidden.bias"] = "shared", ["output.bias"] = "shared" }, ["rest"]);

        Assert.Equal([1, 2, 3, 4, 5, 6], network.All[0].Values.ToArray());
        Assert.Equal([7, 8, 9], network.All[1].Values.ToArray());
        Assert.Equal([7, 8, 9], network.All[2].Values.ToArray());
    }

    [Fact]
    public void LoadInto_FileOfAnotherNetwork_TellsEverythingAndChangesNothing()
    {
        var network = Network();
        var before = ParameterHash.Of(network.Blocks);
        var writer = new SafetensorsWriter();
        writer.Add(new("hidden.weight", [3, 2], new float[6]));
        writer.Add("b", "I32", [4], new byte[16]);
        writer.Add(new("more", [1], new float[1]));
        using var file = Save(writer);

        var exception = Assert.Throws<UserMistakeException>(
            () => file.LoadInto(network, new Dictionary<string, string> { ["hidden.bias"] = "b", ["output.bias"] = "o", ["hiden.bias"] = "b" }));

        Snapshot.Matches(_temporary.Anonymous(string.Join('\n', exception.Problems)));
        Assert.Equal(before, ParameterHash.Of(network.Blocks));
    }

    private static Parameters Network()
    {
        var random = SeedTree.Root(1).Initialisation.Start();
        var parameters = new Parameters();
        parameters.Add("hidden.weight", new(2, 3), new Initializer.Constant(0), ref random);
        parameters.Add("hidden.bias", new(3), new Initializer.Constant(0), ref random);
        parameters.Add("output.bias", new(3), new Initializer.Constant(0), ref random);
        return parameters;
    }

    private SafetensorsFile Save(IReadOnlyList<WeightBlock> blocks, FloatFormat format = FloatFormat.F32)
    {
        var writer = new SafetensorsWriter();
        foreach (var block in blocks) writer.Add(block, format);
        return Save(writer);
    }

    private SafetensorsFile Save(SafetensorsWriter writer)
    {
        using (var stream = File.Create(_temporary.In("a.safetensors"))) writer.Write(stream);
        return SafetensorsFile.Open(_temporary.In("a.safetensors"));
    }
}
