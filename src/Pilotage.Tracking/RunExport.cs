namespace Pilotage.Tracking;

/// <summary>Runs in the formats of other tools.</summary>
public static class RunExport
{
    /// <summary>Writes tables as CSV: one file a table, UTF-8, a header, a comma, quotes where needed (RFC 4180), numbers in the invariant culture with all their bits.</summary>
    /// <param name="runs">Folders of runs, finished or not.</param>
    /// <param name="folder">Exists; empty.</param>
    /// <returns>The files written.</returns>
    /// <exception cref="UserMistakeException">A run is not there or cannot be read; tells all of them.</exception>
    /// <exception cref="RunFailedException">The disk does not take it.</exception>
    public static IReadOnlyList<string> ToCsv(IReadOnlyList<string> runs, string folder) => Tables.TableFiles.Write(Tables.RunTables.Of(ReadAll(runs)), folder, Tables.CsvTable.Write, "csv", File.Create);

    /// <summary>Writes the same tables as Apache Parquet, in which numbers are doubles and whole numbers are longs.</summary>
    /// <param name="runs">Folders of runs, finished or not.</param>
    /// <param name="folder">Exists; empty.</param>
    /// <returns>The files written.</returns>
    /// <exception cref="UserMistakeException">A run is not there or cannot be read; tells all of them.</exception>
    /// <exception cref="RunFailedException">The disk does not take it.</exception>
    public static IReadOnlyList<string> ToParquet(IReadOnlyList<string> runs, string folder) => Tables.TableFiles.Write(Tables.RunTables.Of(ReadAll(runs)), folder, Tables.ParquetTable.Write, "parquet", File.Create);

    /// <summary>Writes runs into a store of MLflow's on a disk (<c>mlruns</c>), beside what is in it.</summary>
    /// <param name="runs">Folders of runs, finished or not. One that was written before is replaced.</param>
    /// <param name="store">The store; made if absent.</param>
    /// <returns>The folders of the runs in the store.</returns>
    /// <exception cref="UserMistakeException">A run cannot be read, or the folder is no such store.</exception>
    /// <exception cref="RunFailedException">The disk does not take it.</exception>
    public static IReadOnlyList<string> ToMlflow(IReadOnlyList<string> runs, string store) => new Mlflow.MlflowStore(store, File.Create).Add(ReadAll(runs));

    /// <summary>Writes runs to a tracking server of MLflow's over its REST interface, whatever the server keeps them in.</summary>
    /// <param name="runs">Folders of runs, finished or not. One that was written before is replaced.</param>
    /// <param name="address">Such as <c>http://127.0.0.1:5000</c>; who asks is read from the environment, as MLflow's own clients do.</param>
    /// <returns>The runs' pages.</returns>
    /// <exception cref="UserMistakeException">A run cannot be read, or there is no such server, or it does not let the user in.</exception>
    /// <exception cref="RunFailedException">The server does not take a run.</exception>
    public static ServerExport ToMlflowServer(IReadOnlyList<string> runs, string address)
    {
        var read = ReadAll(runs);
        return WithServer(address, server => server.Add(read));
    }

    /// <summary>Whether a destination is the address of a server, or meant as one, and no folder.</summary>
    /// <param name="destination">As the user gave it.</param>
    public static bool IsServer(string destination) => Mlflow.MlflowAddress.Is(destination);

    /// <summary>Refuses a server that cannot be written to, before anything is read or written.</summary>
    /// <param name="address">As the user gave it.</param>
    /// <exception cref="UserMistakeException">It is no address, there is no such server, or it does not let the user in.</exception>
    public static void CheckServer(string address) => WithServer<object?>(address, server => { server.Check(); return null; });

    /// <summary>Refuses a folder that is no store of MLflow's, before anything is read or written.</summary>
    /// <param name="store">As the user gave it.</param>
    /// <exception cref="UserMistakeException">It is a file, or holds something else.</exception>
    public static void CheckStore(string store) => Mlflow.MlflowStore.Check(store);

    /// <summary>Refuses runs that cannot be read, before anything is written.</summary>
    /// <param name="runs">Folders of runs.</param>
    /// <exception cref="UserMistakeException">Tells all that are not there or cannot be read.</exception>
    public static void Check(IReadOnlyList<string> runs) => ReadAll(runs);

    private static T WithServer<T>(string address, Func<Mlflow.MlflowServer, T> act)
    {
        using var connection = new Mlflow.MlflowConnection(Mlflow.MlflowAddress.Parse(address), Mlflow.MlflowCredentials.From(Environment.GetEnvironmentVariable), time => Task.Delay(time, TimeProvider.System).GetAwaiter().GetResult());
        return act(new(connection));
    }

    /// <summary>Reads all runs, and tells of all that cannot be.</summary>
    internal static IReadOnlyList<TrackedRun> ReadAll(IReadOnlyList<string> paths)
    {
        var (runs, problems) = (new List<TrackedRun>(), new List<string>());
        foreach (var path in paths)
        {
            try
            {
                var run = TrackedRun.Read(path);
                if (runs.FirstOrDefault(other => other.Name == run.Name) is { } same)
                    problems.Add(new Mistake("PIL2022", $"{path} and {same.Path} have one name, {run.Name}, by which tables tell runs apart.", "", "Name each run once, or rename a folder.").ToString());
                runs.Add(run);
            }
            catch (UserMistakeException mistake)
            {
                problems.AddRange(mistake.Problems);
            }
        }
        UserMistakeException.ThrowIfAny(problems);
        return runs;
    }
}
