using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using Pilotage.Training;

namespace Pilotage.Lab.Checkpoints;

/// <summary>A checkpoint as a safetensors file: the weights as F32, the rest as one U8 tensor, facts and the data's SHA-256 as metadata.</summary>
internal static class CheckpointFile
{
    private const string FormatVersion = "1";
    private const string StateName = "state";

    /// <summary>Writes the checkpoint.</summary>
    /// <returns>Bytes written.</returns>
    public static long Write(Stream stream, Checkpoint checkpoint)
    {
        var writer = new SafetensorsWriter
        {
            Metadata =
            {
                ["pilotage_format"] = FormatVersion,
                ["kind"] = checkpoint.Kind,
                ["steps"] = checkpoint.Steps.ToString(CultureInfo.InvariantCulture),
                ["iteration"] = checkpoint.Iteration.ToString(CultureInfo.InvariantCulture),
                ["configuration"] = checkpoint.ConfigurationHash,
            },
        };
        writer.Add(StateName, "U8", [checkpoint.State.Length], checkpoint.State);            // stands last all the same: bytes follow floats
        foreach (var block in checkpoint.Weights) writer.Add(block);
        writer.Metadata["sha256"] = writer.HashData();
        return writer.Write(stream);
    }

    /// <summary>Reads and checks a checkpoint.</summary>
    /// <exception cref="InvalidDataException">It is none, is damaged or of another version; the message continues "cannot be used:".</exception>
    public static Checkpoint Read(Stream stream)
    {
        var header = SafetensorsHeader.Read(stream);
        var version = Text(header, "pilotage_format");
        if (version != FormatVersion)
        {
            throw new InvalidDataException(
                $"it has format version {version}, and this program reads version {FormatVersion}; config.yaml names the program that wrote it");
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var weights = new List<WeightBlock>();
        byte[]? state = null;
        foreach (var tensor in header.Tensors)
        {
            if (tensor.Length > Array.MaxLength || tensor.Shape.Any(size => size > int.MaxValue))
                throw new InvalidDataException($"{tensor.Name} is too large");
            var bytes = new byte[tensor.Length];
            stream.ReadExactly(bytes);
            hash.AppendData(bytes);
            if (tensor.Name == StateName && tensor.DataType == "U8") state = bytes;
            else if (tensor.DataType == "F32") weights.Add(new(tensor.Name, [.. tensor.Shape.Select(size => (int)size)], Floats(bytes)));
            else throw new InvalidDataException($"{tensor.Name} is {tensor.DataType} where weights are F32");
        }

        if (Convert.ToHexStringLower(hash.GetHashAndReset()) != Text(header, "sha256"))
            throw new InvalidDataException("its data does not have the SHA-256 that its header names");
        return new(
            Text(header, "kind"), Number(header, "steps"), Number(header, "iteration"), Text(header, "configuration"), weights,
            state ?? throw new InvalidDataException("it has no state"));
    }

    private static float[] Floats(ReadOnlySpan<byte> bytes)
    {
        var values = new float[bytes.Length / sizeof(float)];
        for (var i = 0; i < values.Length; i++) values[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(i * sizeof(float))..]);
        return values;
    }

    private static string Text(SafetensorsHeader header, string key) =>
        header.Metadata.TryGetValue(key, out var text)
            ? text
            : throw new InvalidDataException($"it is not a checkpoint of this program: its metadata lacks '{key}'");

    private static long Number(SafetensorsHeader header, string key) =>
        long.TryParse(Text(header, key), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new InvalidDataException($"its metadata gives no count for '{key}'");
}
