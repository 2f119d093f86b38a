using System.Globalization;
using Pilotage.Environments;
using Pilotage.Evaluation;
using Pilotage.Policies;

namespace Pilotage.Systems.Control.Symphony;

/// <summary>Trains Symphony on an environment of the user's and sets it beside the rule, no action and random actions.</summary>
internal static class SymphonyApplication
{
    private const string Method = SymphonyArms.Method, Rule = SymphonyArms.Rule;
    private const string Return = "return";
    private const long LargeMemory = 1_000_000_000;                                       // bytes, from which it is worth a word before it is taken
    private static readonly string[] Columns = ["policy", "return per episode", "against the rule (95 %)", "strength", "change", "|a| > .75", "verdict"];

    /// <summary>Trains, compares, writes the files.</summary>
    /// <exception cref="UserMistakeException">Input or settings cannot be used.</exception>
    /// <exception cref="OperationCanceledException">Stopped; the state file was written, and the run can be gone on with.</exception>
    public static ApplyReport Run(ApplyRequest request, IProgress<(double Share, string Text)>? progress, CancellationToken cancellation)
    {
        var config = ((SymphonyStudyConfig)request.Settings).Method;
        var episodes = ((SymphonyStudyConfig)request.Settings).ApplyEpisodes;
        var input = SymphonyInput.Read(request.Inputs);
        UserMistakeException.ThrowIfAny([.. config.Problems()]);
        var (entry, seeds) = (input.Environment, SeedTree.Root(request.Seed));
        var bytes = FadingReplay.BytesFor(config.Capacity, entry.Spec, config.Fading);
        var memory = FormattableString.Invariant($"The replay takes {bytes / 1e9:0.###} GB for {config.Capacity} transitions of {2 * entry.Spec.ObservationSize + entry.Spec.Actions.ValueCount + 2} numbers.");
        progress?.Report((0, bytes > LargeMemory ? $"Warning: {memory} Lower method.explorationSteps or method.repeats if that is too much." : $"learning {entry.Name}"));

        var tally = new ActionTally();
        var learner = new SymphonyLearner(config, new ActionGauge(entry.Create(1, seeds), tally), seeds, request.Device);
        var state = new StateFile(Path.Combine(request.OutputFolder, StateFile.Name), entry.Name, config, request.Seed);
        var begun = input.State is { } earlier ? state.Load(learner, earlier) : 0;
        while (learner.Steps < config.Steps)
        {
            if (cancellation.IsCancellationRequested) state.Save(learner);
            cancellation.ThrowIfCancellationRequested();
            learner.Iterate();
            progress?.Report((0.95 * learner.Steps / config.Steps, FormattableString.Invariant($"step {learner.Steps}, {learner.Episodes.Count} episodes")));
        }
        state.Save(learner);
        PolicyFile.Save(learner.Policy, entry.Spec, Path.Combine(request.OutputFolder, PolicyFile.FolderInRun), new("symphony", null, request.Seed, learner.Steps));
        var log = WriteLog(learner, request.OutputFolder);

        progress?.Report((0.95, "comparing"));
        var (results, tallies) = (new StudyResults(), new Dictionary<string, ActionTally>());
        foreach (var (name, policy) in Policies(learner, entry))
        {
            var actions = tallies[name] = new();
            var returns = PolicyEvaluation.Run(policy, (rows, branch) => new ActionGauge(entry.Create(rows, branch), actions), episodes, seeds.Evaluation, cancellation: cancellation).Returns;
            results.Add(name, 0, [.. returns.Select((value, i) => new Measurement(Return, FormattableString.Invariant($"episode-{i:D5}"), value))]);
        }
        List<IReadOnlyList<string>> rows = [.. tallies.Select(one => Row(one.Key, one.Value, results))];
        List<string> notes =
        [
            memory,
            FormattableString.Invariant($"{learner.Steps} steps learned{(begun > 0 ? $", of which {begun} in an earlier run" : "")}; compared on {episodes} episodes from starts that no training saw, without noise."),
            "Intervals are over episodes of this one trained policy, paired by start: they say how good this policy is, not how good another training would be.",
            FormattableString.Invariant($"While learning: strength {tally.Strength:0.000}, change {tally.Change:0.000}, {tally.NearLimitHits:0.0 %} of numbers beyond three quarters of their range, {tally.LimitHits:0.0 %} beyond 0.99."),
            "Strength is the mean of |a|², change that of |a - a before|², in half widths of the box.",
        ];
        return new(Headline(rows, entry), Columns, rows, notes, [$"{PolicyFile.FolderInRun}/", StateFile.Name, log]) { Plots = ApplyPlots.All(learner, tally, entry.Spec) };
    }

    private static IEnumerable<(string Name, IPolicy Policy)> Policies(SymphonyLearner learner, EnvironmentEntry entry)
    {
        var box = (ActionSpace.Box)entry.Spec.Actions;
        return
        [
            (Method, learner.Policy), (Rule, entry.CreateHeuristic()), (SymphonyArms.Still, new ConstantPolicy([.. box.Low.Zip(box.High, (low, high) => (low + high) / 2)])),
            (SymphonyArms.Random, new RandomPolicy()),
        ];
    }

    private static string[] Row(string name, ActionTally actions, StudyResults results)
    {
        var mean = results.Values(name, 0, Return).Values.Average();
        var (difference, verdict) = ("", "the rule");
        if (name != Rule)
        {
            var effect = PairedEffect.Of(results, name, Rule, Return, new EffectRule { Unit = Replication.Instance });
            difference = FormattableString.Invariant($"{effect.Estimate:+0.0;-0.0} [{effect.Low:+0.0;-0.0}, {effect.High:+0.0;-0.0}]");
            verdict = effect.Low > 0 ? "better" : effect.High < 0 ? "worse" : "not decided";
        }
        string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
        return [name, Text(mean, "0.0"), difference, Text(actions.Strength, "0.000"), Text(actions.Change, "0.000"), Text(actions.NearLimitHits, "0.0 %"), verdict];
    }

    private static string Headline(List<IReadOnlyList<string>> rows, EnvironmentEntry entry)
    {
        var own = rows.Single(row => row[0] == Method);
        var still = rows.Single(row => row[0] == SymphonyArms.Still);
        return own[^1] switch
        {
            "better" => $"Run the policy in {PolicyFile.FolderInRun}/: on {entry.Name} it earns {own[1]} an episode, {own[2]} against the rule.",
            "worse" => $"Keep the rule: on {entry.Name} the trained policy earns {own[1]} an episode, {own[2]} against the rule (no action: {still[1]}). More steps may change that: go on from {StateFile.Name}.",
            _ => $"Keep the rule until more is known: on {entry.Name} the trained policy earns {own[1]} an episode, {own[2]} against the rule.",
        };
    }

    private static string WriteLog(SymphonyLearner learner, string folder)
    {
        const string Name = "episodes.csv";
        File.WriteAllLines(Path.Combine(folder, Name), ["episode,return,length,steps,scale", .. learner.Episodes.Select((episode, i) =>
            FormattableString.Invariant($"{i + 1},{episode.Return:0.###},{episode.Length},{episode.Steps},{episode.Scale:0.####}"))]);
        return Name;
    }
}
