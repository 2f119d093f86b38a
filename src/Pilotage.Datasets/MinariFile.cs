using System.Globalization;
using Pilotage.Experience.Datasets;
using PureHDF;

namespace Pilotage.Datasets;

/// <summary>Reads the HDF5 files of Minari: a group <c>episode_k</c> for each episode, with <c>observations</c> [T + 1, size], <c>actions</c>, <c>rewards</c>, <c>terminations</c> and <c>truncations</c> [T].</summary>
/// <remarks>Source: Farama Minari's standard for data sets, version 0.4 and later. Observations or actions that are dictionaries are refused.</remarks>
internal static class MinariFile
{
    private const string EpisodePrefix = "episode_";

    public static TransitionDataset Read(string path, DatasetReading reading)
    {
        try
        {
            using var file = H5File.OpenRead(path);
            var groups = file.Children().OfType<IH5Group>().Where(group => group.Name.StartsWith(EpisodePrefix, StringComparison.Ordinal))
                .OrderBy(group => long.TryParse(group.Name[EpisodePrefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : long.MaxValue).ToList();
            return Assemble(path, groups, reading);
        }
        catch (Exception damaged) when (damaged is not (UserMistakeException or OutOfMemoryException))       // whatever the package throws at bytes that are no HDF5
        {
            throw new UserMistakeException(new Mistake("PIL1128", $"{path} cannot be read as HDF5: {damaged.Message.TrimEnd('.')}.", "", "Download or write it anew; it may be cut off.").ToString());
        }
    }

    private static TransitionDataset Assemble(string path, List<IH5Group> groups, DatasetReading reading)
    {
        var problems = new List<string>();
        var episodes = groups.Select(group => Episode(path, group, problems)).OfType<Recorded>().ToList();
        if (groups.Count == 0) problems.Add(new Mistake("PIL1129", $"{path} holds no group {EpisodePrefix}0, {EpisodePrefix}1, ….", "", "Give Minari's main_data.hdf5.").ToString());
        foreach (var other in episodes.Where(episode => (episode.Size, episode.ActionSize) != (episodes[0].Size, episodes[0].ActionSize)))
            problems.Add(Problem(path, other.Name, $"Its observations have {other.Size} numbers and its actions {other.ActionSize}; those of {episodes[0].Name} have {episodes[0].Size} and {episodes[0].ActionSize}.", "Keep data sets of one environment apart."));
        UserMistakeException.ThrowIfAny(problems);

        var (size, actions) = (episodes[0].Size, episodes[0].ActionSize);
        string[] names =
        [
            TransitionColumns.Episode, TransitionColumns.Step, .. Enumerable.Range(0, size).Select(i => $"state_{i}"),
            .. actions == 1 ? [TransitionColumns.Action] : Enumerable.Range(0, actions).Select(i => $"{TransitionColumns.ActionPrefix}{i}"),
            TransitionColumns.Reward, TransitionColumns.Terminated, TransitionColumns.Truncated,
        ];
        var table = new TransitionTable(path, new TransitionColumns(path, names), reading, described: null) { RowName = "transition" };
        var (cells, isEmpty, count) = (new double[names.Length], new bool[names.Length], 0L);
        for (var number = 0; number < episodes.Count; number++)
        {
            var episode = episodes[number];
            for (var step = 0; step <= episode.Length; step++)
            {
                (cells[0], cells[1]) = (number, step);
                episode.Observations.AsSpan(step * size, size).CopyTo(cells.AsSpan(2));
                isEmpty.AsSpan(2 + size).Fill(step == episode.Length);
                if (step < episode.Length)
                {
                    episode.Actions.AsSpan(step * actions, actions).CopyTo(cells.AsSpan(2 + size));
                    (cells[^3], cells[^2], cells[^1]) = (episode.Rewards[step], episode.Terminations[step], episode.Truncations[step]);
                    count++;
                }
                table.Add(count, cells, isEmpty);
            }
        }
        return table.ToDataset();
    }

    private static Recorded? Episode(string path, IH5Group group, List<string> problems)
    {
        var before = problems.Count;
        var (observations, actions) = (Column(path, group, "observations", problems), Column(path, group, "actions", problems));
        var (rewards, terminations, truncations) = (Column(path, group, "rewards", problems), Column(path, group, "terminations", problems), Column(path, group, "truncations", problems));
        if (problems.Count > before) return null;
        var length = rewards.Rows;
        if (observations.Rows != length + 1 || actions.Rows != length || terminations.Rows != length || truncations.Rows != length)
        {
            problems.Add(Problem(
                path, group.Name, $"It has {observations.Rows} observations, {actions.Rows} actions, {length} rewards, {terminations.Rows} terminations and {truncations.Rows} truncations.",
                "There must be one observation more than there are actions, and as many of all others."));
            return null;
        }
        return new(group.Name, length, observations.Width, actions.Width, observations.Values, actions.Values, rewards.Values, terminations.Values, truncations.Values);
    }

    private static (int Rows, int Width, double[] Values) Column(string path, IH5Group group, string name, List<string> problems)
    {
        if (!group.LinkExists(name)) problems.Add(Problem(path, group.Name, $"It has no {name}.", "Minari writes observations, actions, rewards, terminations and truncations."));
        else if (group.Get(name) is not IH5Dataset dataset) problems.Add(Problem(path, group.Name, $"Its {name} are a dictionary.", "Flatten them to one array first."));
        else if (Numbers(dataset) is { } values)
        {
            var shape = dataset.Space.Dimensions;
            var rows = shape.Length == 0 ? 1 : (int)shape[0];
            return (rows, rows == 0 ? 0 : values.Length / rows, values);
        }
        else problems.Add(Problem(path, group.Name, $"Its {name} are of type {dataset.Type.Class}, not numbers.", "Convert them to numbers first."));
        return default;
    }

    private static double[]? Numbers(IH5Dataset dataset) => (dataset.Type.Class, dataset.Type.Size) switch
    {
        (H5DataTypeClass.FloatingPoint, 4) => Read<float>(dataset, value => value),
        (H5DataTypeClass.FloatingPoint, 8) => Read<double>(dataset, value => (float)value),
        (H5DataTypeClass.FixedPoint, 8) => Read<long>(dataset, value => value),
        (H5DataTypeClass.FixedPoint, 4) => Read<int>(dataset, value => value),
        (H5DataTypeClass.FixedPoint, 2) => Read<short>(dataset, value => value),
        (H5DataTypeClass.FixedPoint or H5DataTypeClass.Enumerated, 1) => Read<byte>(dataset, value => value),
        _ => null,
    };

    private static double[] Read<T>(IH5Dataset dataset, Func<T, double> convert) where T : unmanaged =>
        dataset.Space.Dimensions.Aggregate(1UL, (product, next) => product * next) is var count && count == 0
            ? []
            : [.. dataset.Read<T[]>(memoryDims: [count]).Select(convert)];

    private static string Problem(string path, string group, string what, string advice) => new Mistake("PIL1129", what, $"{path}, group {group}", advice).ToString();

    private sealed record Recorded(
        string Name, int Length, int Size, int ActionSize, double[] Observations, double[] Actions, double[] Rewards, double[] Terminations, double[] Truncations);
}
