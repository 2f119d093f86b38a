namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>A workload of the study with its days by use, scaled.</summary>
/// <param name="Workload">Scaled so that the 99th percentile of training steps fills <see cref="PercentileVms"/> machines.</param>
/// <param name="Days">Training, validation and test days.</param>
internal sealed record StudyTrace(Workload Workload, DaySplit Days)
{
    /// <summary>Machines that the 99th percentile of the training minutes fills, of 20 (the sheet's choice).</summary>
    public const double PercentileVms = 12;

    private const int ValidationDays = 3;                // the last training days: learning curves and choices are measured on them

    /// <summary>Whether the load has a strong daily period; Twitter's stream is capped and nearly flat.</summary>
    public bool IsDailyPeriodic => Workload.Name is not "twitter" and not "generated-bursty";

    public string Name => Workload.Name;

    /// <summary>The same trace with the last few training days and the first few test days; scaling stays.</summary>
    public StudyTrace Shortened(int training, int test) => this with { Days = new([.. Days.Training.TakeLast(training)], [.. Days.Validation.TakeLast(1)], [.. Days.Test.Take(test)]) };

    /// <summary>Reads the three real traces from a folder.</summary>
    /// <param name="folder">Holds the three CSV files, or a folder <c>cloud-autoscaling</c> with them.</param>
    /// <param name="vmRequests">Requests that one machine serves in a step.</param>
    /// <param name="filled">Receives how many steps were interpolated, by trace.</param>
    /// <exception cref="UserMistakeException">A file is missing or malformed.</exception>
    public static IReadOnlyList<StudyTrace> ReadAll(string folder, double vmRequests, IDictionary<string, int>? filled = null)
    {
        if (Directory.Exists(Path.Combine(folder, "cloud-autoscaling"))) folder = Path.Combine(folder, "cloud-autoscaling");
        var missing = new[] { NasaFile, WorldCupFile, TwitterFile }.Where(file => !File.Exists(Path.Combine(folder, file)))
            .Select(file => $"There is no file {file} in {folder}. Give the folder with the three traces by --data, or leave --data out to use generated workloads.").ToList();
        UserMistakeException.ThrowIfAny(missing);
        StudyTrace Read(string file, string name, int training, Func<IReadOnlyList<WorkloadDay>, IEnumerable<WorkloadDay>> test, params IReadOnlyList<int> seams)
        {
            var reading = TraceFile.Read(Path.Combine(folder, file), name, seams);
            if (filled is not null) filled[name] = reading.FilledSteps;
            var days = reading.Workload.Days;
            return Create(reading.Workload, [.. days.Take(training)], [.. test(days)], vmRequests);
        }
        return
        [
            Read(NasaFile, "nasa", 40, days => days.TakeLast(15), NasaSeam),
            Read(WorldCupFile, "wc98", 55, days => days.Skip(55).Take(25)),
            Read(TwitterFile, "twitter", 14, days => days.TakeLast(6)),
        ];
    }

    /// <summary>Three generated workloads, for machines without data: a daily period, heavy bursts, a growing trend.</summary>
    /// <param name="seeds">Root of the generated loads.</param>
    /// <param name="vmRequests">Requests that one machine serves in a step.</param>
    public static IReadOnlyList<StudyTrace> GenerateAll(SeedTree seeds, double vmRequests)
    {
        StudyTrace Generate(string name, GeneratedWorkload recipe)
        {
            var workload = recipe.Create(name, seeds.Branch(name));
            return Create(workload, [.. workload.Days.Take(20)], [.. workload.Days.Skip(20)], vmRequests);
        }
        return
        [
            Generate("generated-daily", new()),
            Generate("generated-bursty", new() { DailyAmplitude = 0.15, HalfDailyAmplitude = 0.05, BurstsPerDay = 12, BurstHeight = 2 }),
            Generate("generated-trend", new() { GrowthPerDay = 0.02 }),
        ];
    }

    internal const string NasaFile = "nasa_http_1995_per_minute.csv", WorldCupFile = "worldcup98_per_minute.csv", TwitterFile = "twitter_2021_08_per_minute.csv";

    internal const int NasaSeam = 39_692;                // July ends on the 28th at 13:32; the next row is 1 August, 0:00

    private static StudyTrace Create(Workload workload, IReadOnlyList<WorkloadDay> training, IReadOnlyList<WorkloadDay> test, double vmRequests) =>
        new(workload.ScaledTo(training, PercentileVms, vmRequests), new(training, [.. training.TakeLast(ValidationDays)], test));
}
