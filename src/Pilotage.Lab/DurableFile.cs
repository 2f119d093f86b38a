using System.Runtime.InteropServices;

namespace Pilotage.Lab;

/// <summary>Writes a file so that a kill or a power cut leaves either the old one or the new one, never half of one.</summary>
/// <remarks>Temporary file beside it, flushed to the disk, length checked, renamed, and the folder's entry flushed too where the system can.</remarks>
internal static partial class DurableFile
{
    /// <summary>What a file is called until it is whole; a kill may leave one behind.</summary>
    public const string TemporarySuffix = ".tmp";

    /// <summary>Opens a new file for writing, with nothing special about it.</summary>
    public static Stream Create(string path) => new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read);

    /// <summary>Writes <paramref name="path"/>, replacing what was there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the content; must give the number of bytes that it wrote.</param>
    /// <param name="create">Opens the temporary file; tests give one that fails.</param>
    /// <exception cref="IOException">It could not be written; the old file is untouched and the temporary one is gone.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for want of permission.</exception>
    public static void Write(string path, Func<Stream, long> write, Func<string, Stream> create)
    {
        var temporary = path + TemporarySuffix;
        try
        {
            long expected;
            using (var stream = create(temporary))
            {
                expected = write(stream);
                if (stream is FileStream file) file.Flush(flushToDisk: true); else stream.Flush();
            }

            var length = new FileInfo(temporary).Length;
            if (length != expected) throw new IOException($"only {length} of {expected} bytes reached the disk");
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);                                      // half a file is of no use and the disk may be full
            throw;
        }

        FlushFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    // .NET does not open folders. Without this the rename itself may be lost in a power cut; the file before it is then still there.
    private static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        var descriptor = Open(folder, 0);
        if (descriptor < 0) return;
        _ = Synchronise(descriptor);
        _ = Close(descriptor);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Synchronise(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
