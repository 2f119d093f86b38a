using System.Text.Json;
using Pilotage.Numerics;

namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Kinds of jobs: recorded TPC-H queries, or made up where no recording is.</summary>
internal static class DagShapes
{
    /// <summary>The recording's file.</summary>
    public const string File = "tpch_dags.json";

    private const string Folder = "cloud-scheduling";
    private const int MadeUp = 40;

    /// <summary>Recorded shapes of some sizes; made-up ones without a folder.</summary>
    /// <param name="dataFolder">Folder with <c>cloud-scheduling/tpch_dags.json</c>; <see langword="null"/> for none.</param>
    /// <param name="sizes">Sizes that are wanted.</param>
    /// <exception cref="UserMistakeException">The file is missing or cannot be used, or a size is unknown.</exception>
    public static IReadOnlyList<JobShape> Of(string? dataFolder, IReadOnlyList<string> sizes)
    {
        if (dataFolder is null) return Generated();
        var recorded = Read(PathOf(dataFolder, File));
        var known = recorded.Select(query => query.Name.Split('/')[0]).Distinct().ToList();
        UserMistakeException.ThrowIfAny([.. sizes.Where(size => !known.Contains(size)).Select(size => new Mistake("PIL1616", $"dags.sizes names '{size}'; the recording has {string.Join(", ", known)}.", "", "Name one of these.").ToString())]);
        return [.. recorded.Where(query => sizes.Contains(query.Name.Split('/')[0])).Select(query => query.Shape)];
    }

    /// <summary>Where a file of the data set is: in the folder itself or in its own folder below.</summary>
    /// <exception cref="UserMistakeException">It is nowhere.</exception>
    public static string PathOf(string dataFolder, string name)
    {
        string[] places = [Path.Combine(dataFolder, Folder, name), Path.Combine(dataFolder, name)];
        return places.FirstOrDefault(System.IO.File.Exists)
            ?? throw new UserMistakeException(new Mistake("PIL1616", $"There is no file {places[0]}.", "", "Give the folder that holds cloud-scheduling/ with --data, or leave --data out for made-up jobs.").ToString());
    }

    /// <summary>Reads a recording: {"2g/q1": {"stages": [{"tasks": 12, "mean_ms": 4244.8}], "edges": [[0, 1]]}}.</summary>
    /// <exception cref="UserMistakeException">It cannot be used; holds all problems.</exception>
    public static IReadOnlyList<(string Name, JobShape Shape)> Read(string path)
    {
        var (shapes, problems) = (new List<(string, JobShape)>(), new List<string>());
        try
        {
            using var document = JsonDocument.Parse(System.IO.File.ReadAllBytes(path));
            foreach (var query in document.RootElement.EnumerateObject())
            {
                try
                {
                    var stages = query.Value.GetProperty("stages").EnumerateArray().Select((stage, i) => new Stage($"stage-{i}", stage.GetProperty("tasks").GetInt32(), stage.GetProperty("mean_ms").GetDouble() / 1000)).ToList();
                    var edges = query.Value.GetProperty("edges").EnumerateArray().Select(edge => (edge[0].GetInt32(), edge[1].GetInt32())).ToList();
                    shapes.Add((query.Name, JobShape.Create(stages, edges, $"{path}, {query.Name}")));
                }
                catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException)
                {
                    problems.Add(new Mistake("PIL1610", $"{query.Name} is not a job: {exception.Message}", path, "A job has stages with tasks and mean_ms, and edges of two numbers.").ToString());
                }
                catch (UserMistakeException mistake)
                {
                    problems.AddRange(mistake.Problems);
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            problems.Add(new Mistake("PIL1610", $"{path} is not JSON of jobs by name: {exception.Message}", "", "Correct it or fetch it again.").ToString());
        }
        UserMistakeException.ThrowIfAny(problems);
        return shapes;
    }

    /// <summary>Made-up jobs of 2 to 15 stages with 1 to 200 tasks of about a second, and a few times as much work in some as in others.</summary>
    public static IReadOnlyList<JobShape> Generated()
    {
        var random = SeedTree.Root(0).Branch("made-up jobs").Start();
        var shapes = new JobShape[MadeUp];
        for (var i = 0; i < shapes.Length; i++)
        {
            var (stages, edges) = (new List<Stage>(), new List<(int, int)>());
            var scale = Exponential.Exp(random.NextNormal() * 0.7);
            for (var s = 0; s < 2 + random.NextInt(14); s++)
            {
                stages.Add(new($"stage-{s}", 1 + random.NextInt(random.NextInt(3) == 0 ? 200 : 40), scale * Exponential.Exp(random.NextNormal() * 0.8)));
                if (s > 0) edges.Add((s - 1 - random.NextInt(Math.Min(s, 2)), s));
                if (s > 3 && random.NextInt(4) == 0) edges.Add((random.NextInt(s - 1), s));
            }
            shapes[i] = JobShape.Create(stages, edges);
        }
        return shapes;
    }
}
