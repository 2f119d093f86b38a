using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Pilotage.Lab.Sweeps;

/// <summary>A choice that is on the disk. There is no other way to one than writing it, and no way to test seeds but through one.</summary>
internal sealed class WrittenChoice
{
    /// <summary>Name of the file in the run's folder.</summary>
    public const string FileName = "choice.json";

    private WrittenChoice(Choice choice, byte[] bytes) => (Choice, Digest) = (choice, Convert.ToHexStringLower(SHA256.HashData(bytes)));

    /// <summary>The choice.</summary>
    public Choice Choice { get; }

    /// <summary>SHA-256 of the file, in lower-case hexadecimal.</summary>
    public string Digest { get; }

    /// <summary>Writes a choice, whole or not at all; a run that goes on finds the one it wrote before.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="choice">The choice.</param>
    /// <param name="create">Opens the file; tests give one that fails.</param>
    /// <exception cref="RunFailedException">The disk does not take it.</exception>
    /// <exception cref="UserMistakeException">There is another choice already (PIL2012).</exception>
    public static WrittenChoice Write(string folder, Choice choice, Func<string, Stream>? create = null)
    {
        var bytes = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(choice, ChoiceContext.Default.Choice) + "\n");
        var path = Path.Combine(folder, FileName);
        try
        {
            if (!File.Exists(path)) DurableFile.Write(path, stream => { stream.Write(bytes); return bytes.Length; }, create ?? DurableFile.Create);
            else if (!File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes))
            {
                throw new UserMistakeException(new Mistake(
                    "PIL2012", $"{path} is not what the trials of this run choose.", "", "It was changed by hand, or the trials were. Begin the sweep anew in another folder: test seeds that were looked at are none.").ToString());
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RunFailedException($"{path} could not be written: {exception.Message.TrimEnd('.')}. Finished trials are kept: free space, then resume.", exception);
        }
        return new(choice, bytes);
    }
}
