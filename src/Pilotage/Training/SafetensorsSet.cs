using System.Collections.Frozen;

namespace Pilotage.Training;

/// <summary>A model in one safetensors file or in several with an index, laid out as on Hugging Face: <c>model.safetensors.index.json</c> beside its shards.</summary>
/// <remarks>
/// All shards are mapped and their headers checked on opening. What a shard holds beyond the index is not listed. Reading is thread-safe. Source of the layout:
/// huggingface.co/docs/safetensors, "sharded"; the index is a JSON object with <c>weight_map</c>, a shard's file name by tensor name.
/// </remarks>
public sealed class SafetensorsSet : IWeightSource, IDisposable
{
    private const string IndexName = "model.safetensors.index.json";
    private const string SingleName = "model.safetensors";
    private const string IndexExtension = ".json";
    private readonly IReadOnlyList<SafetensorsFile> _shards;
    private readonly FrozenDictionary<string, SafetensorsFile> _shardByTensor;

    private SafetensorsSet(string path, IReadOnlyList<SafetensorsFile> shards, IEnumerable<KeyValuePair<string, SafetensorsFile>> shardByTensor)
    {
        Path = path;
        _shards = shards;
        _shardByTensor = shardByTensor.ToFrozenDictionary();
        Tensors = [.. shards.SelectMany(shard => shard.Tensors.Where(tensor => _shardByTensor.GetValueOrDefault(tensor.Name) == shard))];
    }

    /// <summary>The index, or the one file.</summary>
    public string Path { get; }

    /// <summary>The files, in the order of their names.</summary>
    public IReadOnlyList<string> Files => [.. _shards.Select(shard => shard.Path)];

    /// <summary>The tensors, shard after shard; begin and end count within the shard.</summary>
    public IReadOnlyList<SafeTensor> Tensors { get; }

    /// <summary>Opens a model.</summary>
    /// <param name="path">A folder with <c>model.safetensors.index.json</c> or else <c>model.safetensors</c>, an index (<c>.json</c>), or one safetensors file.</param>
    /// <returns>The open set.</returns>
    /// <exception cref="InvalidDataException">
    /// Index or shards are damaged, missing or outside the index's folder, or do not fit each other; the message names all of it, one problem a line.
    /// </exception>
    /// <exception cref="IOException">The file itself is not there, or one cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for want of permission.</exception>
    public static SafetensorsSet Open(string path)
    {
        if (Directory.Exists(path))
        {
            var index = System.IO.Path.Combine(path, IndexName);
            path = File.Exists(index) ? index : System.IO.Path.Combine(path, SingleName);
        }

        if (path.EndsWith(IndexExtension, StringComparison.OrdinalIgnoreCase)) return OpenShards(path);
        var file = SafetensorsFile.Open(path);
        return new(path, [file], file.Tensors.Select(tensor => KeyValuePair.Create(tensor.Name, file)));
    }

    /// <summary>The file that holds a tensor; for its type, its bytes and its integers.</summary>
    /// <param name="name">One of <see cref="Tensors"/>.</param>
    /// <returns>The open file; it belongs to the set.</returns>
    /// <exception cref="KeyNotFoundException">There is no such tensor.</exception>
    public SafetensorsFile ShardOf(string name) => _shardByTensor.GetValueOrDefault(name)
        ?? throw new KeyNotFoundException($"{Path} has no tensor {name} among its {Tensors.Count}.");

    /// <inheritdoc/>
    public void Read(string name, Span<float> destination) => ShardOf(name).Read(name, destination);

    /// <summary>Unmaps all files.</summary>
    public void Dispose()
    {
        foreach (var shard in _shards) shard.Dispose();
    }

    private static SafetensorsSet OpenShards(string path)
    {
        var index = SafetensorsIndex.Read(path);
        var folder = System.IO.Path.GetDirectoryName(path) ?? "";
        var problems = new List<string>();
        var shards = new SortedDictionary<string, SafetensorsFile>(StringComparer.Ordinal);
        try
        {
            foreach (var name in index.Values.Distinct().Order(StringComparer.Ordinal))
            {
                // Only a name in the index's own folder: an index from elsewhere must not choose which files of this machine are read.
                if (!SafetensorsIndex.IsPlainName(name)) problems.Add($"{path} names the shard {name}; a shard is a plain file name beside its index.");
                else if (!File.Exists(System.IO.Path.Combine(folder, name))) problems.Add($"{path} names the shard {name}, which is not there.");
                else AddShard(name);
            }

            problems.AddRange(index.Where(pair => shards.TryGetValue(pair.Value, out var shard) && !shard.Contains(pair.Key))
                .Select(pair => $"{path} places {pair.Key} in {pair.Value}, which has no such tensor."));
            if (problems.Count > 0) throw new InvalidDataException(string.Join('\n', problems));
            return new(path, [.. shards.Values], index.Select(pair => KeyValuePair.Create(pair.Key, shards[pair.Value])));
        }
        catch
        {
            foreach (var shard in shards.Values) shard.Dispose();
            throw;
        }

        void AddShard(string name)
        {
            try
            {
                shards.Add(name, SafetensorsFile.Open(System.IO.Path.Combine(folder, name)));
            }
            catch (InvalidDataException exception)
            {
                problems.Add(exception.Message);
            }
        }
    }
}
