using System.Globalization;
using Pilotage.Algorithms.Offline;
using Pilotage.Datasets;
using Pilotage.Environments;
using Pilotage.Evaluation.Reports.Plots;
using Pilotage.Experience.Datasets;
using Pilotage.Policies;

namespace Pilotage.Systems.Control.DatasetPerspective;

/// <summary>Answers for a user's own log: what it is like, what can learn from it, and the learned policy.</summary>
internal static class DatasetPerspectiveApplication
{
    private static readonly string[] Columns = ["policy", "value of the first states", "same action as the log", "policy's entropy (nats)"];

    /// <summary>Describes the log, trains and writes the policies.</summary>
    /// <exception cref="UserMistakeException">Input or settings cannot be used.</exception>
    public static ApplyReport Run(ApplyRequest request, IProgress<(double Share, string Text)>? progress, CancellationToken cancellation)
    {
        var config = (DatasetPerspectiveConfig)request.Settings;
        UserMistakeException.ThrowIfAny([.. config.Problems()]);
        progress?.Report((0, "reading the log"));
        var logs = request.Inputs.Select(path => Read(path, config.Actions)).ToList();
        var data = logs.Count == 1 ? logs[0].Data : TransitionDataset.Join(logs[0].Data.Origin, [.. logs.Select(log => log.Data)]);
        var description = LogDescription.Of(data, config);
        var advice = Advice.For(description.Quality, description.Coverage);
        var names = config.Train switch { "all" => OfflineCatalog.All.Select(entry => entry.Name).OrderByDescending(name => name == advice.Algorithm).ToList(), "recommended" => [advice.Algorithm], var one => [one] };
        if (!names.Contains(Families.Cloning)) names.Add(Families.Cloning);                // what the log itself would do: every table has it

        var (training, heldOut) = HeldOut.Split(data);
        var judge = new LogJudge(heldOut, config, request.Device);
        var (rows, files) = (new List<IReadOnlyList<string>>(), new List<string>());
        for (var i = 0; i < names.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report((0.05 + 0.9 * i / names.Count, $"training {names[i]}"));
            var seeds = SeedTree.Root(request.Seed);
            var learner = new OfflineLearner(OfflineCatalog.Find(names[i]), config.Offline, training, seeds, request.Device);
            Train(learner, config.Offline.Steps, cancellation);
            rows.Add(Row(names[i], judge.Judge(learner.Policy, seeds.Branch("judge"), cancellation)));
            var folder = $"policies/{names[i]}";
            PolicyFile.Save(learner.Policy, data.Spec, Path.Combine(request.OutputFolder, folder), new(names[i], Path.GetFileName(request.Inputs[0]), request.Seed, config.Offline.Steps, ""));
            files.Add(folder);
        }
        rows.Add(["the log itself", Text(judge.LoggedValue), "100 %", ""]);
        IEnumerable<string> notes =
        [
            .. Describe(description, config), .. logs.SelectMany(log => log.Notes),
            FormattableString.Invariant($"Trained on {training.Count} transitions; judged on {heldOut.Count} of other episodes. A value is the discounted return that fitted evaluation expects from first states: it believes the log where the log shows what the policy would do and guesses elsewhere. A hint, not evidence: try the policy beside what decides today before it decides."),
        ];
        return new(Headline(description, advice, names[0]), Columns, rows, [.. notes], files) { Plots = [Returns(data)] };
    }

    // CSV with ends in words or flags, as people keep logs; all else as data sets are kept in files.
    private static (TransitionDataset Data, IReadOnlyList<string> Notes) Read(string path, int actions)
    {
        if (Path.GetExtension(path).Equals(".csv", StringComparison.OrdinalIgnoreCase)) return TransitionLog.Read(path, actions);
        var data = DatasetFile.Read(path, new() { ActionCount = actions > 0 ? actions : null });
        return data.Spec.Actions is ActionSpace.Discrete
            ? (data, [])
            : throw new UserMistakeException(new Mistake("PIL1301", $"The actions in {path} are not one discrete choice, which the offline algorithms need.", "", "Sort the actions into bins and give the bins' numbers.").ToString());
    }

    /// <summary>Runs a learner to its last step.</summary>
    public static void Train(OfflineLearner learner, long steps, CancellationToken cancellation)
    {
        while (learner.Steps < steps)
        {
            cancellation.ThrowIfCancellationRequested();
            learner.Iterate();
        }
    }

    private static string Headline(LogDescription description, Advice advice, string trained)
    {
        var measures = string.Join(", ", new[]
        {
            description.Quality is { } quality ? $"trajectory quality {Text(quality)}" : "trajectory quality unknown",
            description.Coverage is { } coverage ? $"coverage {Text(coverage)}" : "coverage unknown",
        });
        return $"Use {advice.Algorithm}: {advice.Reason} ({measures})." + (trained == advice.Algorithm ? "" : $" Trained, as asked: {trained}.");
    }

    private static IReadOnlyList<string> Row(string name, LogJudgement judged) =>
        [name, Text(judged.Value), judged.Agreement.ToString("0 %", CultureInfo.InvariantCulture), judged.Entropy is { } entropy ? Text(entropy) : "greedy"];

    private static IEnumerable<string> Describe(LogDescription log, DatasetPerspectiveConfig config)
    {
        yield return FormattableString.Invariant($"{log.Data.Count} transitions in {log.Data.Episodes.Count} episodes, {log.Data.CompleteEpisodes} of them complete: mean return {log.MeanReturn:0.###}, mean length {log.MeanLength:0.#}. {log.Sparsity:P0} of the steps earn nothing.");
        yield return log.Quality is { } quality
            ? FormattableString.Invariant($"TQ = ({log.MeanReturn:0.###} - {config.RandomReturn}) / ({config.ExpertReturn} - {config.RandomReturn}) = {quality:0.###}.")
            : "TQ needs the mean returns of a random and of the best policy: --set randomReturn=… --set expertReturn=….";
        var bins = config.BinEdges == 0 ? "as they stand" : FormattableString.Invariant($"in {config.BinEdges} edges per axis");
        yield return FormattableString.Invariant($"{log.Pairs} distinct pairs of state and action, states {bins}; entropy {log.Entropy:0.###} nats, as many as {Math.Exp(log.Entropy):0.#} equally frequent pairs. ")
            + (log.Coverage is { } coverage ? FormattableString.Invariant($"SACo = {log.Pairs} / {config.ReferencePairs} = {coverage:0.###}.") : "SACo needs the pairs of data that cover all that matters, such as a learner's replay: --set referencePairs=….");
        if (log.NeverDone.Count > 0) yield return FormattableString.Invariant($"{log.NeverDone.Count} of {log.Actions} actions are never done ({string.Join(", ", log.NeverDone.Take(10))}): no value of theirs rests on anything.");
    }

    private static LinePlot Returns(TransitionDataset data)
    {
        var complete = Enumerable.Range(0, data.Episodes.Count).Where(i => data.Episodes[i].End != End.Running).ToList();
        return new("returns", "What the log earned", new("episode"), new("return"), [new("log", [.. complete.Select(i => (double)i + 1)], [.. complete.Select(data.ReturnOf)])]) { Note = "Undiscounted returns of the complete episodes in the order of the log." };
    }

    private static string Text(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
