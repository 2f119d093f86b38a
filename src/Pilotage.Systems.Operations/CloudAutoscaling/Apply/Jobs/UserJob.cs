namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>A user's job and market, read, checked and split in time.</summary>
/// <param name="Graph">The tasks.</param>
/// <param name="World">The job begun at many moments: to learn on, to choose on and, later in the market's history, to judge on.</param>
/// <param name="Notes">What was read and drawn.</param>
internal sealed record UserJob(TaskGraph Graph, JobWorld World, IReadOnlyList<string> Notes)
{
    private const int TrainingStarts = 60, ValidationStarts = 20, TestStarts = 30, DrawnDays = 40;

    /// <summary>Whether the inputs are a job rather than a history of requests.</summary>
    public static bool IsJob(IReadOnlyList<string> inputs) => inputs.Any(TaskFile.IsJob);

    /// <summary>Reads a job, and spot prices if a second file has them.</summary>
    /// <param name="inputs">A job, and maybe spot prices, in any order.</param>
    /// <param name="config">What can be rented.</param>
    /// <param name="seeds">Draws starts, and the market if none is given.</param>
    /// <exception cref="UserMistakeException">Files or settings cannot be used; holds all problems.</exception>
    public static UserJob Read(IReadOnlyList<string> inputs, CloudAutoscalingConfig config, SeedTree seeds)
    {
        var settings = config.Jobs;
        var problems = new List<string>([.. config.Problems(), .. settings.Problems()]);
        var (jobs, prices) = (inputs.Where(TaskFile.IsJob).ToList(), inputs.Where(path => !TaskFile.IsJob(path)).ToList());
        if (jobs.Count > 1) problems.Add($"{jobs.Count} jobs were given ({string.Join(", ", jobs)}); give one, and at most one file of spot prices.");
        if (prices.Count > 1) problems.Add($"{prices.Count} files beside the job were given ({string.Join(", ", prices)}); give at most one file of spot prices.");
        problems.AddRange(prices.Take(1).Where(path => !SpotPriceFile.IsPrices(path)).Select(path => $"{path} is neither a job (a column named work, or JSON) nor spot prices (a column named price). Correct its header."));
        var (graph, deadline) = ((TaskGraph?)null, 0.0);
        if (jobs.Count == 1) Try(problems, () => (graph, deadline) = TaskFile.Read(jobs[0]));
        UserMistakeException.ThrowIfAny(problems);

        var seconds = Deadline(settings, graph!, deadline);
        var episode = (int)Math.Ceiling(seconds * settings.LongestEpisode / settings.StepSeconds);
        var market = SpotMarket.Draw(settings, Math.Max((int)(DrawnDays * 86_400 / settings.StepSeconds), 8 * episode), seeds.Branch("market"));
        if (prices.Count > 0) Try(problems, () => market = SpotPriceFile.Read(prices[0], settings.Speeds.Count, settings.StepSeconds, 4 * episode));
        UserMistakeException.ThrowIfAny(problems);

        var border = market.Steps * 7 / 10;              // learned before, judged after
        var (past, future) = (new JobModel(settings, market.Slice(0, border)), new JobModel(settings, market.Slice(border, market.Steps - border)));
        return new(graph!, new(past, future, Starts(past, TrainingStarts, "training"), Starts(past, ValidationStarts, "validation"), Starts(future, TestStarts, "test")),
        [
            FormattableString.Invariant($"Read {graph!.Count} tasks with {graph.TotalWork:0} s of work, {graph.CriticalPath:0} s of it on the longest path; the job is allowed {seconds:0} s."),
            prices.Count > 0
                ? FormattableString.Invariant($"Read {market.Steps} steps of {settings.StepSeconds} s of spot prices from {prices[0]}; learned on the first {border}, judged on those after.")
                : FormattableString.Invariant($"No spot prices were given: {market.Steps} steps of {settings.StepSeconds} s were drawn from the settings jobs.spot...; learned on the first {border}, judged on those after."),
        ]);

        IReadOnlyList<JobCase> Starts(JobModel model, int count, string branch)
        {
            var random = seeds.Branch(branch).Start();
            var room = Math.Max(1, model.Market.Steps - episode);     // an episode never reads the history round its end
            return [.. Enumerable.Range(0, count).Select(_ => new JobCase(graph!, seconds, random.NextInt(room)))];
        }
    }

    private static double Deadline(JobSettings settings, TaskGraph graph, double fromFile) =>
        settings.DeadlineSeconds > 0 ? settings.DeadlineSeconds : fromFile > 0 ? fromFile : 2 * Math.Max(graph.CriticalPath, graph.TotalWork / 4);

    private static void Try(List<string> problems, Action read)
    {
        try
        {
            read();
        }
        catch (UserMistakeException mistake)
        {
            problems.AddRange(mistake.Problems);
        }
    }
}
