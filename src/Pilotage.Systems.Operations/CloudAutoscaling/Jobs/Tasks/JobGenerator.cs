namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>Made-up jobs: bags of tasks and layered workflows, with deadlines from tight to loose. Not fitted to any trace.</summary>
/// <remarks>
/// One job in three is a bag of 6-24 tasks. The others have 3-6 layers of 1-6 tasks, each after one to three of the layer before. Work is log-normal with median 20
/// minutes and deviation 0.6 in log. The allowed time is uniform on 0.8 to 2 times the longer of the longest path and an eighth of the work, in whole steps.
/// </remarks>
internal static class JobGenerator
{
    /// <summary>Draws episodes.</summary>
    /// <param name="model">Gives the step and the length of the market's history.</param>
    /// <param name="count">How many.</param>
    /// <param name="seeds">The only source of randomness; each episode has its own branch.</param>
    public static IReadOnlyList<JobCase> Draw(JobModel model, int count, SeedTree seeds) => [.. Enumerable.Range(0, count).Select(i => Draw(model, seeds.Branch(i)))];

    private static JobCase Draw(JobModel model, SeedTree seeds)
    {
        var random = seeds.Start();
        var graph = TaskGraph.Create(random.NextInt(3) == 0 ? Bag(ref random) : Layers(ref random));
        var step = model.Settings.StepSeconds;
        var shortest = Math.Max(graph.CriticalPath, graph.TotalWork / 8);
        return new(graph, Math.Ceiling(random.NextUniform(0.8, 2) * shortest / step) * step, random.NextInt(model.Market.Steps));
    }

    private static List<JobTask> Bag(ref Randomness random)
    {
        var tasks = new List<JobTask>();
        var count = 6 + random.NextInt(19);
        for (var i = 0; i < count; i++) tasks.Add(new($"t{i}", Work(ref random), []));
        return tasks;
    }

    private static List<JobTask> Layers(ref Randomness random)
    {
        var tasks = new List<JobTask>();
        var before = new List<string>();
        var layers = 3 + random.NextInt(4);
        for (var layer = 0; layer < layers; layer++)
        {
            var own = new List<string>();
            var width = 1 + random.NextInt(6);
            for (var i = 0; i < width; i++)
            {
                var after = new HashSet<string>();
                for (var k = before.Count == 0 ? 0 : 1 + random.NextInt(3); k > 0; k--) after.Add(before[random.NextInt(before.Count)]);
                own.Add($"t{tasks.Count}");
                tasks.Add(new(own[^1], Work(ref random), [.. after]));
            }
            before = own;
        }
        return tasks;
    }

    private static double Work(ref Randomness random) => 1200 * Numerics.Exponential.Exp(0.6 * random.NextNormal());
}
