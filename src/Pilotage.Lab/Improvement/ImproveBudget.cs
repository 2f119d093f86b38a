using Pilotage.Environments;
using Pilotage.Policies;

namespace Pilotage.Lab.Improvement;

/// <summary>What trainings cost on this machine: for the time left, and to turn minutes into steps.</summary>
internal static class ImproveBudget
{
    private const double MeasuredSeconds = 0.3;          // beyond it the figure settles less than other programs disturb it
    private const long WarmUpSteps = 8_000;              // behind the compiler's tiers and the learners' starts
    private const double Reserve = 0.85;                 // evaluation and what was not foreseen

    /// <summary>Seconds of one thread that a step of each learner takes. Changes no result.</summary>
    /// <param name="make">Makes the environment.</param>
    /// <param name="rule">The rule, by whose play the learners' scales are found.</param>
    /// <param name="candidates">One list for each learner.</param>
    /// <param name="cancellation">Looked at between iterations.</param>
    /// <returns>By the learner's name.</returns>
    public static Dictionary<string, double> Measure(
        Func<int, SeedTree, IVectorEnvironment> make, IPolicy rule, IReadOnlyList<IReadOnlyList<Candidate>> candidates, CancellationToken cancellation)
    {
        var seconds = new Dictionary<string, double>();
        foreach (var candidate in candidates.Select(list => list[0]))
        {
            var (learner, _) = candidate.Begin(make, rule, SeedTree.Root(0).Branch("timing"));
            var most = TrainingRun.StepsOf(candidate.Algorithm.Settings, candidate.Settings);
            while (learner.Steps < Math.Min(WarmUpSteps, most / 2)) learner.Iterate();
            var (start, before) = (TimeProvider.System.GetTimestamp(), learner.Steps);
            do
            {
                cancellation.ThrowIfCancellationRequested();
                learner.Iterate();
            }
            while (learner.Steps < most && TimeProvider.System.GetElapsedTime(start).TotalSeconds < MeasuredSeconds);
            seconds[candidate.Algorithm.Name] = TimeProvider.System.GetElapsedTime(start).TotalSeconds / (learner.Steps - before);
        }
        return seconds;
    }

    /// <summary>Seconds of one thread that all trainings take together.</summary>
    /// <param name="candidates">One list for each learner.</param>
    /// <param name="options">Steps and seeds.</param>
    /// <param name="secondsPerStep">From <see cref="Measure"/>.</param>
    public static double Seconds(IReadOnlyList<IReadOnlyList<Candidate>> candidates, ImproveOptions options, Dictionary<string, double> secondsPerStep) =>
        options.Steps * SecondsOfOneStepEach(candidates, options, secondsPerStep);

    /// <summary>The number of trainings, that of the kept policy included.</summary>
    /// <param name="candidates">One list for each learner.</param>
    /// <param name="options">Seeds.</param>
    public static int Trainings(IReadOnlyList<IReadOnlyList<Candidate>> candidates, ImproveOptions options) => 1 + candidates.Sum(list => TrainingsOf(list, options));

    /// <summary>The steps of each training that fit a budget, in round numbers.</summary>
    /// <param name="minutes">Wall-clock time of the whole run.</param>
    /// <param name="candidates">One list for each learner.</param>
    /// <param name="options">Seeds and threads.</param>
    /// <param name="secondsPerStep">From <see cref="Measure"/>.</param>
    public static long StepsWithin(double minutes, IReadOnlyList<IReadOnlyList<Candidate>> candidates, ImproveOptions options, Dictionary<string, double> secondsPerStep)
    {
        var seconds = minutes * 60 * Reserve * Math.Min(options.Threads ?? int.MaxValue, Environment.ProcessorCount);
        var steps = seconds / SecondsOfOneStepEach(candidates, options, secondsPerStep);
        var unit = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(Math.Max(1, steps))) - 1));    // two significant digits
        return Math.Max(2_048, (long)(Math.Floor(steps / unit) * unit));
    }

    private static double SecondsOfOneStepEach(IReadOnlyList<IReadOnlyList<Candidate>> candidates, ImproveOptions options, Dictionary<string, double> secondsPerStep) =>
        candidates.Sum(list => TrainingsOf(list, options) * secondsPerStep[list[0].Algorithm.Name]) + candidates.Max(list => secondsPerStep[list[0].Algorithm.Name]);

    private static int TrainingsOf(IReadOnlyList<Candidate> list, ImproveOptions options) => options.Seeds + (list.Count > 1 ? list.Count * options.ValidationSeeds : 0);
}
