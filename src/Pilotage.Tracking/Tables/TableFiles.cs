namespace Pilotage.Tracking.Tables;

/// <summary>Writes tables into a folder.</summary>
internal static class TableFiles
{
    /// <summary>Writes one file a table.</summary>
    /// <param name="tables">The tables.</param>
    /// <param name="folder">Exists.</param>
    /// <param name="write">Writes one table.</param>
    /// <param name="extension">Without the dot.</param>
    /// <param name="create">Opens a file; tests give one that fails.</param>
    /// <returns>The files.</returns>
    /// <exception cref="RunFailedException">The disk does not take it; the half-written file is removed.</exception>
    public static IReadOnlyList<string> Write(IReadOnlyList<RunTable> tables, string folder, Action<RunTable, Stream> write, string extension, Func<string, Stream> create)
    {
        var files = new List<string>();
        foreach (var table in tables)
        {
            var path = Path.Combine(folder, $"{table.Name}.{extension}");
            try
            {
                using (var stream = create(path)) write(table, stream);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                File.Delete(path);
                throw new RunFailedException($"{path} could not be written: {exception.Message.TrimEnd('.')}. The runs themselves are untouched: free space, then export again.", exception);
            }
            files.Add(path);
        }
        return files;
    }
}
