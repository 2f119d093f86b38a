using Pilotage.Evaluation;

namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Measures schedulers on sequences of a world. All arms of a seed meet the same sequences.</summary>
internal static class SequenceTests
{
    /// <summary>Measures on test sequences.</summary>
    /// <param name="world">Draws the sequences.</param>
    /// <param name="prefix">Beginning of the metrics' names.</param>
    /// <param name="path">Beginning of the instances' paths.</param>
    /// <param name="count">How many sequences.</param>
    /// <param name="seeds">The part's branch of the trial.</param>
    /// <param name="make">Makes the scheduler; the seeds are for what draws.</param>
    public static IEnumerable<Measurement> Test(IClusterWorld world, string prefix, string path, int count, SeedTree seeds, Func<SeedTree, IScheduler> make)
    {
        var own = seeds.Evaluation.Branch(path);
        var i = 0;
        foreach (var figures in Run(world, count, own, make))
            foreach (var measurement in Of(figures, prefix, FormattableString.Invariant($"{path}/{i++ + 1}"))) yield return measurement;
    }

    /// <summary>Mean of a figure over validation sequences.</summary>
    public static double Validate(IClusterWorld world, int count, SeedTree seeds, Func<ScheduleFigures, double> figure, Func<SeedTree, IScheduler> make) =>
        Run(world, count, seeds.Validation, make).Average(figure);

    /// <summary>Runs sequences.</summary>
    public static IEnumerable<ScheduleFigures> Run(IClusterWorld world, int count, SeedTree seeds, Func<SeedTree, IScheduler> make)
    {
        var cluster = new ClusterSimulation(world.Rules);
        for (var i = 0; i < count; i++)
        {
            var random = seeds.Branch(i).Start();
            yield return Scheduling.Run(cluster, world.Draw(ref random), make(seeds.Branch(i).Branch("rule")));
        }
    }

    /// <summary>The columns of one world.</summary>
    /// <param name="prefix">Beginning of the metrics' names.</param>
    /// <param name="title">Beginning of their titles.</param>
    /// <param name="isWhole">Whether all figures are shown, instead of the most important ones.</param>
    public static IReadOnlyList<Metric> Columns(string prefix, string title, bool isWhole)
    {
        IReadOnlyList<Metric> few = [new($"{prefix}_jct", $"{title} mean JCT [s]", false), new($"{prefix}_slowdown", $"{title} slowdown", false)];
        return !isWhole ? few :
        [
            .. few, new($"{prefix}_jct95", $"{title} 95 % JCT [s]", false), new($"{prefix}_makespan", $"{title} makespan [s]", false), new($"{prefix}_energy", $"{title} energy [kWh]", false),
            new($"{prefix}_cost", $"{title} cost", false), new($"{prefix}_missed", $"{title} deadlines missed", false), new($"{prefix}_utilisation", $"{title} utilisation", true), new($"{prefix}_fairness", $"{title} Jain", true),
        ];
    }

    private static IEnumerable<Measurement> Of(ScheduleFigures figures, string prefix, string path) =>
    [
        new($"{prefix}_jct", path, figures.MeanCompletion), new($"{prefix}_slowdown", path, figures.Slowdown), new($"{prefix}_jct95", path, figures.TailCompletion),
        new($"{prefix}_makespan", path, figures.Makespan), new($"{prefix}_energy", path, figures.EnergyKwh), new($"{prefix}_cost", path, figures.Cost),
        new($"{prefix}_missed", path, figures.MissRate), new($"{prefix}_utilisation", path, figures.Utilisation), new($"{prefix}_fairness", path, figures.Fairness),
    ];
}
