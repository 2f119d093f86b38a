using System.Text.Json;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Language.Checkpoints;

/// <summary>The safetensors files of a checkpoint folder.</summary>
internal static class WeightFiles
{
    /// <summary>Parameters lie in one buffer, whose elements an int counts; some stay free for padding.</summary>
    public const long MostElements = int.MaxValue - (1 << 20);

    private const string IndexName = "model.safetensors.index.json";
    private const string SingleName = "model.safetensors";

    /// <summary>Fills all weights, or changes none.</summary>
    /// <exception cref="UserMistakeException">Tensors are missing (PIL1807), have no place (PIL1808), have another shape (PIL1809) or type (PIL1810); all of it at once.</exception>
    public static void Read(SafetensorsSet weights, IReadOnlyList<TensorPlace> places, bool isTied)
    {
        var tensors = weights.Tensors.ToDictionary(tensor => tensor.Name);
        var mistakes = places.SelectMany(place => Mistakes(place, tensors.GetValueOrDefault(place.Name))).ToList();
        var used = places.Select(place => place.Name).ToHashSet();
        mistakes.AddRange(weights.Tensors.Where(tensor => !used.Contains(tensor.Name) && !IsKnownToBeIdle(tensor.Name, isTied))
            .Select(tensor => new Mistake("PIL1808", $"The tensor {tensor.Name} {SafeTensor.Text(tensor.Shape)} has no place in the model that config.json describes.", "", "Give the config.json that belongs to the weights.")));
        UserMistakeException.ThrowIfAny([.. mistakes.Select(mistake => (mistake with { Where = weights.Path }).ToString())]);
        foreach (var place in places) Fill(weights, place);
    }

    /// <summary>Writes all weights, in one file or in shards with an index, and removes weights that stood there before.</summary>
    public static void Write(string folder, IReadOnlyList<TensorPlace> places, FloatFormat format, long maximumShardBytes)
    {
        var size = format == FloatFormat.F32 ? sizeof(float) : sizeof(ushort);
        List<List<TensorPlace>> shards = [[]];
        var filled = 0L;
        foreach (var place in places)
        {
            var bytes = (long)place.Block.Values.Length * size;
            if (filled + bytes > maximumShardBytes && shards[^1].Count > 0)
            {
                shards.Add([]);
                filled = 0;
            }
            shards[^1].Add(place);
            filled += bytes;
        }

        File.Delete(Path.Combine(folder, IndexName));
        var names = shards.Count == 1 ? [SingleName] : shards.Select((_, i) => $"model-{i + 1:00000}-of-{shards.Count:00000}.safetensors").ToArray();
        for (var i = 0; i < names.Length; i++) WriteShard(Path.Combine(folder, names[i]), shards[i], format);
        if (shards.Count > 1) WriteWhole(Path.Combine(folder, IndexName), stream => WriteIndex(stream, shards, names, size));
        foreach (var old in Directory.GetFiles(folder, "model*.safetensors").Where(file => !names.Contains(Path.GetFileName(file)))) File.Delete(old);
    }

    /// <summary>Writes a file beside its place, and then moves it there.</summary>
    public static void WriteWhole(string path, Action<Stream> write)
    {
        var temporary = path + ".partial";
        using (var stream = File.Create(temporary))
        {
            write(stream);
            stream.Flush(flushToDisk: true);
        }
        File.Move(temporary, path, overwrite: true);
    }

    private static IEnumerable<Mistake> Mistakes(TensorPlace place, SafeTensor? tensor)
    {
        if (tensor is null)
        {
            yield return new("PIL1807", $"The tensor {place.Name} {SafeTensor.Text(place.Shape)} is missing.", "", "Give all files of the model, and the config.json that belongs to them.");
            yield break;
        }
        if (tensor.DataType is not ("BF16" or "F16" or "F32"))
            yield return new("PIL1810", $"The tensor {place.Name} is {tensor.DataType}. Allowed: BF16, F16, F32.", "", "Convert the model to one of these.");
        if (!tensor.Shape.SequenceEqual(place.Shape.Select(extent => (long)extent)))
            yield return new("PIL1809", $"The tensor {place.Name} is {SafeTensor.Text(tensor.Shape)}, and the model that config.json describes wants {SafeTensor.Text(place.Shape)}.", "", "Give the config.json that belongs to the weights.");
    }

    // A tied head is the embedding again; older Llama files hold the angles of rotary positions, which follow from the base.
    private static bool IsKnownToBeIdle(string name, bool isTied) => (isTied && name == "lm_head.weight") || name.EndsWith(".rotary_emb.inv_freq", StringComparison.Ordinal);

    private static void Fill(SafetensorsSet weights, TensorPlace place)
    {
        if (!place.IsTransposed)
        {
            weights.Read(place.Name, place.Block.Values.Span);
            return;
        }
        var stored = new float[place.Block.Values.Length];
        weights.Read(place.Name, stored);
        Transpose(stored, place.Block.Values.Span, place.Shape[0], place.Shape[1]);
    }

    private static void WriteShard(string path, IReadOnlyList<TensorPlace> places, FloatFormat format)
    {
        var writer = new SafetensorsWriter { Metadata = { ["format"] = "pt" } };
        foreach (var place in places) writer.Add(new WeightBlock(place.Name, place.Shape, place.IsTransposed ? Transposed(place.Block) : place.Block.Values), format);
        WriteWhole(path, stream => writer.Write(stream));
    }

    private static void WriteIndex(Stream stream, List<List<TensorPlace>> shards, string[] names, int size)
    {
        using var json = new Utf8JsonWriter(stream, new() { Indented = true, NewLine = "\n" });
        json.WriteStartObject();
        json.WriteStartObject("metadata");
        json.WriteNumber("total_size", shards.Sum(shard => shard.Sum(place => (long)place.Block.Values.Length * size)));
        json.WriteEndObject();
        json.WriteStartObject("weight_map");
        for (var i = 0; i < shards.Count; i++)
            foreach (var place in shards[i]) json.WriteString(place.Name, names[i]);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static float[] Transposed(WeightBlock block)
    {
        var result = new float[block.Values.Length];
        Transpose(block.Values.Span, result, block.Shape[0], block.Shape[1]);
        return result;
    }

    // In squares that fit the nearest cache: a large matrix read down its columns costs a cache line for each number.
    private static void Transpose(ReadOnlySpan<float> source, Span<float> destination, int rows, int columns)
    {
        const int side = 32;
        for (var top = 0; top < rows; top += side)
            for (var left = 0; left < columns; left += side)
                for (var row = top; row < Math.Min(top + side, rows); row++)
                    for (var column = left; column < Math.Min(left + side, columns); column++)
                        destination[column * rows + row] = source[row * columns + column];
    }
}
