using Pilotage.Lab.TensorBoard;
using Pilotage.Testing;
using Pilotage.Training;
using Xunit;

namespace Pilotage.Lab.Tests.TensorBoard;

public sealed class EventFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // Event { wall_time: 1, step: 300, summary { value { tag: "a", simple_value: 1 } } }, encoded by hand.
    [Fact]
    public void Of_AScalar_IsTheMessageEncodedByHand()
    {
        byte[] expected =
        [
            0x09, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f,          // field 1, 64 bits: 1.0
            0x10, 0xac, 0x02,                            // field 2, varint: 300
            0x2a, 0x0a,                                  // field 5, ten bytes
            0x0a, 0x08,                                  // value, eight bytes
            0x0a, 0x01, (byte)'a',                       // tag
            0x15, 0, 0, 0x80, 0x3f,                      // simple_value: 1.0f
        ];

        Assert.Equal(expected, EventMessage.Of(1, 300, EventMessage.Scalar("a", 1)).Written.ToArray());
    }

    [Fact]
    public void Append_ScalarsTextsAndHistograms_AreReadBack()
    {
        string path;
        using (var file = EventFile.Open(_folder.Path, 0, TimeProvider.System))
        {
            path = file.Path;
            file.AppendText(0, "config", "ünïcode");
            file.AppendScalars(100, [new("episode_return", 12.5), new("approx_kl", double.NaN)]);
            file.AppendHistograms(100, [new WeightBlock("w", [4], new float[] { 0, 1, 1, 3 }), new WeightBlock("same", [2], new float[] { 2, 2 })]);
        }

        var values = EventReader.Read(path);

        Assert.Equal([("config", 0L), ("episode_return", 100), ("weights/w", 100), ("weights/same", 100)], values.Select(value => (value.Tag, value.Step)));
        Assert.Equal(("ünïcode", 12.5f), (values[0].Text, values[1].Scalar));
        var (limits, counts) = (values[2].Limits!, values[2].Counts!);
        Assert.Equal((30, 30, 3.0, 4.0), (limits.Length, counts.Length, limits[^1], counts.Sum()));
        Assert.Equal((1.0, 2.0, 1.0), (counts[0], counts[9], counts[29]));        // 1 is the limit of the tenth of thirty buckets over [0, 3]
        Assert.Equal(1.0, limits[9], 1e-12);
        Assert.Equal([2.0], values[3].Limits!);
        Assert.Equal([2.0], values[3].Counts!);
    }

    [Fact]
    public void Open_Resumed_GoesOnInTheSameFileWithoutWhatLiesBeyondTheCheckpoint()
    {
        string path;
        using (var file = EventFile.Open(_folder.Path, 0, TimeProvider.System))
        {
            path = file.Path;
            foreach (var step in new[] { 100, 200, 300 }) file.AppendScalars(step, [new("r", step)]);
        }
        using (var stream = new FileStream(path, FileMode.Append)) stream.Write([24, 0, 0, 0, 0]);       // as a kill in mid-record leaves it

        using (var file = EventFile.Open(_folder.Path, 200, TimeProvider.System))
        {
            Assert.Equal(path, file.Path);
            file.AppendScalars(300, [new("r", 301)]);
        }

        Assert.Equal([(100L, 100f), (200, 200), (300, 301)], EventReader.Read(path).Select(value => (value.Step, value.Scalar!.Value)));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Open_FromTheBeginning_RemovesOlderFiles()
    {
        File.WriteAllText(_folder.In($"{EventFile.Prefix}0000000001.pilotage"), "old");

        using (EventFile.Open(_folder.Path, 0, TimeProvider.System)) { }

        Assert.Empty(EventReader.Read(Assert.Single(Directory.GetFiles(_folder.Path))));
    }
}
