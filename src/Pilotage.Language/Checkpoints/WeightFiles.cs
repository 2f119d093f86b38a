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
        var used = places.Select(place => place.Name).ToHashSet();
        List<Mistake> mistakes =
        [
            .. Told("PIL1807", "missing", "Give all files of the model, and the config.json that belongs to them.",
                places.Where(place => !tensors.ContainsKey(place.Name)).Select(place => $"{place.Name} {SafeTensor.Text(place.Shape)}")),
            .. Told("PIL1808", "in the file without a place in the model that config.json describes", "Give the config.json that belongs to the weights.",
                weights.Tensors.Where(tensor => !used.Contains(tensor.Name) && !IsKnownToBeIdle(tensor.Name, isTied)).Select(tensor => $"{tensor.Name} {SafeTensor.Text(tensor.Shape)}")),
            .. Told("PIL1809", "of another shape than the model that config.json describes", "Give the config.json that belongs to the weights.",
                places.Where(place => tensors.TryGetValue(place.Name, out var tensor) && !tensor.Shape.SequenceEqual(place.Shape.Select(extent => (long)extent)))
                    .Select(place => $"{place.Name} {SafeTensor.Text(tensors[place.Name].Shape)} instead of {SafeTensor.Text(place.Shape)}")),
            .. Told("PIL1810", "of a type that is not read; allowed are BF16, F16 and F32", "Convert the model to one of these.",
                places.Where(place => tensors.TryGetValue(place.Name, out var tensor) && tensor.DataType is not ("BF16" or "F16" or "F32")).Select(place => $"{place.Name} {tensors[place.Name].DataType}")),
        ];
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

    // A model of another size has hundreds of tensors that do not fit: the first few tell it.
    private static IEnumerable<Mistake> Told(string code, string what, string advice, IEnumerable<string> tensors)
    {
        string[] all = [.. tensors];
        if (all.Length == 0) yield break;
        var shown = string.Join(", ", all.Take(3)) + (all.Length > 3 ? $" and {all.Length - 3} more" : "");
        yield return new(code, $"{all.Length} {(all.Length == 1 ? "tensor is" : "tensors are")} {what}: {shown}.", "", advice);
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
