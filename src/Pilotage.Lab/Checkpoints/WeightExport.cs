using Pilotage.Training;

namespace Pilotage.Lab.Checkpoints;

/// <summary>Writes weights to a file that is whole or not there.</summary>
public static class WeightExport
{
    /// <summary>Writes a safetensors file, replacing what was there.</summary>
    /// <param name="writer">Holds the tensors.</param>
    /// <param name="path">The file; its folder is made.</param>
    /// <exception cref="RunFailedException">The disk does not take it; an old file is untouched and nothing half is left.</exception>
    public static void Save(this SafetensorsWriter writer, string path) => writer.Save(path, DurableFile.Create);

    /// <summary>The same through a stream of the caller's, for tests of full disks.</summary>
    internal static void Save(this SafetensorsWriter writer, string path, Func<string, Stream> create)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            DurableFile.Write(path, writer.Write, create);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RunFailedException(
                $"The weights {path} could not be written: {exception.Message.TrimEnd('.')}. What stood there is untouched. Free space or give another path.", exception);
        }
    }
}
