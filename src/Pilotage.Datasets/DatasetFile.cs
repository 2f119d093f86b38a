using Pilotage.Experience.Datasets;

namespace Pilotage.Datasets;

/// <summary>Data sets in files: Parquet, CSV and JSON lines are read and written, Minari's HDF5 is read.</summary>
/// <remarks>
/// A row per transition: <c>episode, step</c>, the observation's columns, <c>action</c> (or <c>action_0, action_1, …</c>), <c>reward</c>, <c>terminated, truncated</c>. After an
/// episode's last transition stands a row with the observation alone: what it truly led to. Numbers read are those written, bit for bit.
/// </remarks>
public static class DatasetFile
{
    private const string Kinds = ".parquet, .csv, .jsonl, and to read .hdf5 or .h5";

    /// <summary>Reads a data set.</summary>
    /// <param name="path">Its ending says what kind of file it is.</param>
    /// <param name="reading">What the file does not say; <see langword="null"/> for nothing.</param>
    /// <returns>At least one transition.</returns>
    /// <exception cref="UserMistakeException">It is not there (PIL1120), of no known kind (PIL1121), or its content cannot be used (PIL1122 to PIL1129): all problems at once, with file, line and column.</exception>
    public static TransitionDataset Read(string path, DatasetReading? reading = null)
    {
        if (!File.Exists(path)) throw new UserMistakeException(new Mistake("PIL1120", $"There is no data set {path}.", "", "Give a file, such as pilotage data record writes.").ToString());
        return Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".parquet" => ParquetTransitions.Read(path, reading ?? new()),
            ".csv" => CsvTransitions.Read(path, reading ?? new()),
            ".jsonl" => JsonTransitions.Read(path, reading ?? new()),
            ".hdf5" or ".h5" => MinariFile.Read(path, reading ?? new()),
            var ending => throw Unknown(path, ending),
        };
    }

    /// <summary>Writes a data set. A file that is there already is replaced.</summary>
    /// <param name="path">Its ending says what kind of file it is to be; Parquet alone keeps where the data come from and names every action.</param>
    /// <param name="dataset">To be written.</param>
    /// <exception cref="UserMistakeException">The file is of no kind that can be written (PIL1121).</exception>
    public static void Write(string path, TransitionDataset dataset)
    {
        switch (CheckWritable(path))
        {
            case ".parquet": ParquetTransitions.Write(path, dataset); break;
            case ".csv": CsvTransitions.Write(path, dataset); break;
            default: JsonTransitions.Write(path, dataset); break;
        }
    }

    /// <summary>Refuses a name under which nothing can be written, before any work.</summary>
    /// <param name="path">As typed.</param>
    /// <returns>Its ending in lower case.</returns>
    /// <exception cref="UserMistakeException">It is of no kind that can be written (PIL1121).</exception>
    public static string CheckWritable(string path)
    {
        var ending = Path.GetExtension(path).ToLowerInvariant();
        return ending is ".parquet" or ".csv" or ".jsonl" ? ending : throw Unknown(path, ending);
    }

    private static UserMistakeException Unknown(string path, string ending) =>
        new(new Mistake("PIL1121", $"{path} ends in \"{ending}\"; known kinds of data sets are {Kinds}.", "", "Rename or convert it.").ToString());
}
