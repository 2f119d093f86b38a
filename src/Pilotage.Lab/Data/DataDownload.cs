using System.Security.Cryptography;

namespace Pilotage.Lab.Data;

/// <summary>Downloads the missing files of a data set. Never runs without being asked; keeps nothing whose checksum differs.</summary>
/// <param name="client">Makes the requests.</param>
public sealed class DataDownload(HttpClient client)
{
    /// <summary>Downloads, verifies, derives, verifies again, and only then puts a file into its place.</summary>
    /// <param name="set">What to get.</param>
    /// <param name="folder">The data set's own folder; made if absent.</param>
    /// <param name="progress">Told the file before it is fetched.</param>
    /// <param name="cancellation">Stops between two files and within a request.</param>
    /// <returns>The files that were written.</returns>
    /// <exception cref="RunFailedException">A source cannot be reached, or a checksum differs.</exception>
    /// <exception cref="UserMistakeException">The folder cannot be written.</exception>
    public async Task<IReadOnlyList<DataFile>> GetAsync(DataSet set, string folder, IProgress<DataFile>? progress, CancellationToken cancellation)
    {
        try { Directory.CreateDirectory(folder); }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserMistakeException($"The folder {folder} cannot be written: {failure.Message} Give another one with --data.");
        }

        var missing = set.MissingIn(folder);
        foreach (var file in missing)
        {
            progress?.Report(file);
            var original = await FetchAsync(file, cancellation).ConfigureAwait(false);
            Verify(original, file.SourceSha256, file.Source.ToString());
            var kept = file.Derivation.Apply(original);
            Verify(kept, file.Sha256, file.Name);

            var path = Path.Combine(folder, file.Name);
            var partial = path + ".partial";
            await File.WriteAllBytesAsync(partial, kept, cancellation).ConfigureAwait(false);
            File.Move(partial, path, overwrite: true);
        }
        return missing;
    }

    private async Task<byte[]> FetchAsync(DataFile file, CancellationToken cancellation)
    {
        try { return await client.GetByteArrayAsync(file.Source, cancellation).ConfigureAwait(false); }
        catch (Exception failure) when (failure is HttpRequestException || (failure is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new RunFailedException(
                $"{file.Source} cannot be reached: {failure.Message.TrimEnd('.')}. Check the network or a proxy (HTTPS_PROXY), or download it elsewhere and name its folder with --data. " +
                "Files that were complete are kept.", failure);
        }
    }

    private static void Verify(byte[] bytes, string expected, string name)
    {
        var actual = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (actual != expected) throw new RunFailedException($"The SHA-256 of {name} is {actual}, expected {expected}. Nothing of it was kept; the source may have changed.");
    }
}
