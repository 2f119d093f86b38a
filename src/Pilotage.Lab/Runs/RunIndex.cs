using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Pilotage.Lab.Runs;

/// <summary>The runs of a folder, newest first, from <c>index.db</c> and the folders beside it.</summary>
/// <remarks>
/// The folders are what counts; the index only spares reading those that did not change. So it may be deleted, and one that is missing, damaged or of another
/// version is made anew. Several processes may read and bring it up to date at once (write-ahead log, one writer at a time).
/// </remarks>
public static class RunIndex
{
    /// <summary>Name of the database within the folder of runs.</summary>
    public const string FileName = "index.db";

    private const int Schema = 1;
    private const int BusySeconds = 30;

    // What SQLite says of a file that is no database, a damaged one, one that lacks a table, and one that cannot be written.
    private static readonly int[] Unusable = [1, 11, 26];

    private const string Tables =
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
        + "CREATE TABLE IF NOT EXISTS runs (name TEXT PRIMARY KEY, stamp TEXT NOT NULL, title TEXT NOT NULL, status INTEGER NOT NULL, headline TEXT NOT NULL, made INTEGER NOT NULL) STRICT;";

    /// <summary>Brings the index up to date and reads it.</summary>
    /// <param name="runsFolder">Where runs are kept; may be absent.</param>
    /// <returns>All folders with a configuration, newest first; broken ones too.</returns>
    public static IReadOnlyList<RunEntry> Read(string runsFolder)
    {
        if (!Directory.Exists(runsFolder)) return [];
        var path = Path.Combine(runsFolder, FileName);
        try
        {
            return Newest(Update(path, runsFolder));
        }
        catch (SqliteException failure) when (Unusable.Contains(failure.SqliteErrorCode))
        {
            Remove(path);
        }
        catch (Exception failure) when (failure is SqliteException or IOException or UnauthorizedAccessException)
        {
            return Newest(Folders(runsFolder).Select(folder => RunSummary.Read(folder)));      // a disk that is full or not ours to write: the folders have it all
        }
        try
        {
            return Newest(Update(path, runsFolder));
        }
        catch (Exception failure) when (failure is SqliteException or IOException or UnauthorizedAccessException)
        {
            return Newest(Folders(runsFolder).Select(folder => RunSummary.Read(folder)));
        }
    }

    /// <summary>Reads one run past the index, which takes it in when it is read the next time.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <returns>Its entry; <see langword="null"/> if it holds no configuration.</returns>
    public static RunEntry? ReadOne(string folder) => File.Exists(Path.Combine(folder, RunFolder.ConfigurationName)) ? RunSummary.Read(folder) : null;

    private static List<RunEntry> Update(string path, string runsFolder)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = BusySeconds, Pooling = false }.ToString());
        connection.Open();
        Require(connection);
        Execute(connection, Tables);
        // Immediate: of two processes the second waits here, and then finds the work done.
        using var transaction = connection.BeginTransaction(deferred: false);
        var known = Load(connection, transaction);
        var entries = new List<RunEntry>();
        foreach (var folder in Folders(runsFolder))
        {
            var (name, stamp) = (Path.GetFileName(folder), StampOf(folder));
            if (known.Remove(name, out var kept) && kept.Stamp == stamp)
            {
                entries.Add(kept.Entry);
                continue;
            }
            var entry = RunSummary.Read(folder);
            Save(connection, transaction, entry, stamp);
            entries.Add(entry);
        }
        foreach (var gone in known.Keys) Execute(connection, "DELETE FROM runs WHERE name = $name", transaction, ("$name", gone));
        transaction.Commit();
        return entries;
    }

    private static void Require(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        var version = Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
        if (version == Schema) return;
        if (version != 0) throw new SqliteException("The index is of another version.", Unusable[0]);
        Execute(connection, $"PRAGMA user_version = {Schema}");
    }

    private static Dictionary<string, (string Stamp, RunEntry Entry)> Load(SqliteConnection connection, SqliteTransaction transaction)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "SELECT name, stamp, title, status, headline, made FROM runs";
        using var reader = command.ExecuteReader();
        var known = new Dictionary<string, (string, RunEntry)>();
        while (reader.Read())
        {
            var entry = new RunEntry(reader.GetString(0), reader.GetString(2), (RunStatus)reader.GetInt32(3), reader.GetString(4), new(reader.GetInt64(5), TimeSpan.Zero));
            known[entry.Name] = (reader.GetString(1), entry);
        }
        return known;
    }

    private static void Save(SqliteConnection connection, SqliteTransaction transaction, RunEntry entry, string stamp) => Execute(
        connection, "INSERT OR REPLACE INTO runs VALUES ($name, $stamp, $title, $status, $headline, $made)", transaction,
        ("$name", entry.Name), ("$stamp", stamp), ("$title", entry.Title), ("$status", (int)entry.Status), ("$headline", entry.Headline), ("$made", entry.Made.Ticks));

    private static void Execute(SqliteConnection connection, string text, SqliteTransaction? transaction = null, params (string Name, object Value)[] parameters)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = text;
        foreach (var (name, value) in parameters) command.Parameters.AddWithValue(name, value);
        command.ExecuteNonQuery();
    }

    private static IEnumerable<string> Folders(string runsFolder) =>
        Directory.EnumerateDirectories(runsFolder).Where(folder => File.Exists(Path.Combine(folder, RunFolder.ConfigurationName)));

    // What a run's line depends on: its configuration, its report, what it kept on its way.
    private static string StampOf(string folder)
    {
        string[] parts = [RunFolder.ConfigurationName, "report.json", "checkpoints", "trials", RunProgress.FileName, RunLife.FailureFile];
        return string.Join("/", parts.Select(part =>
        {
            var path = Path.Combine(folder, part);
            return File.Exists(path) ? string.Create(CultureInfo.InvariantCulture, $"{File.GetLastWriteTimeUtc(path).Ticks}:{new FileInfo(path).Length}")
                : Directory.Exists(path) ? Directory.GetLastWriteTimeUtc(path).Ticks.ToString(CultureInfo.InvariantCulture) : "";
        }));
    }

    private static void Remove(string path)
    {
        try
        {
            foreach (var suffix in new[] { "", "-wal", "-shm" }) File.Delete(path + suffix);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Then the folders are read each time.
        }
    }

    private static IReadOnlyList<RunEntry> Newest(IEnumerable<RunEntry> entries) =>
        [.. entries.OrderByDescending(entry => entry.Made).ThenByDescending(entry => entry.Name, StringComparer.Ordinal)];
}
