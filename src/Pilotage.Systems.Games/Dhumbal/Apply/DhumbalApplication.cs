using System.Globalization;

namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>Answers which of a user's players is the best under the user's house rules, and how sure that is.</summary>
internal static class DhumbalApplication
{
    /// <summary>Plays the tournament and writes the files, or plays a log of rounds again.</summary>
    /// <exception cref="UserMistakeException">Input or settings cannot be used.</exception>
    public static ApplyReport Run(ApplyRequest request, IProgress<(double Share, string Text)>? progress, CancellationToken cancellation)
    {
        if (request.Inputs.Count != 1) throw new UserMistakeException($"{request.Inputs.Count} input files were given; dhumbal takes one, house rules and players as JSON: {GameFile.Shape}.");
        var (input, config) = (request.Inputs[0], (DhumbalConfig)request.Settings);
        if (input.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase)) return Replay(input);

        progress?.Report((0, "reading the game"));
        var (game, plans) = GameFile.Read(input, new() { Rules = config.Rules, Deals = config.ApplyDeals, Bankrupt = config.Bankrupt });
        var (maker, seeds) = (new ContestantMaker(config, game.Rules, request.Device), SeedTree.Root(request.Seed));
        var ready = plans.Index().Where(plan => plan.Item.Kind != ContestantMaker.Learning).ToDictionary(plan => plan.Index, plan => maker.Make(plan.Item));   // what is wrong with them is told before training
        var learning = plans.Index().Where(plan => plan.Item.Kind == ContestantMaker.Learning).ToList();
        var trained = request.Parts.Compute(
            [.. learning.Select(plan => new ApplyPart(plan.Item.Settings.Name, stop => maker.Train(plan.Item.Settings, seeds.Branch(plan.Index), stop)))],
            count => progress?.Report((0.05 + 0.4 * count / learning.Count, FormattableString.Invariant($"{count} of {learning.Count} trained"))), cancellation);
        foreach (var (plan, parcel) in learning.Zip(trained)) ready.Add(plan.Index, maker.Keep(plan.Item.Settings, parcel, request.OutputFolder));
        var players = plans.Select((_, i) => ready[i]).ToList();

        TournamentResult result;
        using (var log = new StreamWriter(Path.Combine(request.OutputFolder, ApplyFiles.ReplayName)))
        {
            result = DhumbalArena.Play(
                game, players, seeds.Evaluation, new(log, game.Rules), (table, count) => progress?.Report((0.45 + 0.5 * table / count, FormattableString.Invariant($"table {table + 1} of {count}"))), cancellation);
        }
        return new(Headline(result), Columns, [.. result.Ranking.Select(player => Row(result, player))], Notes(game, result), [.. new ApplyFiles(request.OutputFolder).Write(result), .. maker.Files]) { Plots = ApplyPlots.All(result) };
    }

    private static readonly string[] Columns = ["player", "won", "coins/round", "behind the first, coins (95 %)", "calls won", "cards/round", "verdict"];

    private static ApplyReport Replay(string path)
    {
        var (rules, rounds) = ReplayFile.Read(path);
        var names = rounds.SelectMany(round => round.Names).Distinct().ToList();
        var rows = names.Select(name =>
        {
            var coins = rounds.SelectMany(round => round.Names.Zip(round.Coins).Where(seat => seat.First == name).Select(seat => seat.Second)).ToList();
            return (IReadOnlyList<string>)[name, coins.Count.ToString(CultureInfo.InvariantCulture), coins.Average().ToString("0.00", CultureInfo.InvariantCulture)];
        }).ToList();
        return new(
            FormattableString.Invariant($"All {rounds.Count} rounds were played again: every move is legal and every round ends with the hands and coins of the log."), ["player", "rounds", "coins/round"], rows,
            [FormattableString.Invariant($"House rules: {rules.Players} players, {rules.HandSize} cards, calls up to {rules.CallThreshold}.")], []);
    }

    // The first is told only if it is better than every other with its whole interval.
    private static string Headline(TournamentResult result)
    {
        var best = result.Ranking[0];
        var open = result.Ranking.Skip(1).Where(other => !(result.Behind(other).Interval.High < 0)).Select(other => result.Players[other].Name).ToList();
        var coins = result.Figures[best].Coins;
        return open.Count == 0
            ? FormattableString.Invariant($"{result.Players[best].Name} is the best of these {result.Players.Count}: {coins:+0.00;-0.00} coins a round, more than each other on the same deals.")
            : FormattableString.Invariant($"{result.Players[best].Name} leads with {coins:+0.00;-0.00} coins a round, but it is not decided against {string.Join(", ", open)}. More deals would decide.");
    }

    private static IReadOnlyList<string> Row(TournamentResult result, int player)
    {
        var figures = result.Figures[player];
        var (behind, verdict) = ("", "first");
        if (player != result.Ranking[0])
        {
            var pair = result.Behind(player);
            behind = double.IsFinite(pair.Interval.Low)
                ? FormattableString.Invariant($"{pair.Difference:+0.00;-0.00} [{pair.Interval.Low:+0.00;-0.00}, {pair.Interval.High:+0.00;-0.00}]")
                : FormattableString.Invariant($"{pair.Difference:+0.00;-0.00}, too few deals");
            verdict = pair.Interval.High < 0 ? "worse" : pair.Interval.Low > 0 ? "better" : "not decided";
        }
        return
        [
            result.Players[player].Name, FormattableString.Invariant($"{figures.WinRate:0.0 %} ± {100 * figures.WinError:0.0}"), FormattableString.Invariant($"{figures.Coins:+0.00;-0.00} ± {figures.CoinsError:0.00}"),
            behind, Share(figures.CallSuccess), figures.Discarded.ToString("0.0", CultureInfo.InvariantCulture), verdict,
        ];
    }

    private static IReadOnlyList<string> Notes(GameSettings game, TournamentResult result) =>
    [
        FormattableString.Invariant($"{Tables.Of(result.Players.Count, game.Rules.Players).Count} table(s) of {game.Rules.Players}, {game.Deals} deals each, every deal in all {game.Rules.Players} rotations: {result.Rounds} rounds. Orders round the table change from deal to deal."),
        FormattableString.Invariant($"The difference is that of the same deals, all rotations averaged, in the rounds that both played; its interval holds for all {result.Pairs.Count} pairs at once (Bonferroni). The others are 1.96 standard errors of rounds."),
        "pairs.csv holds Welch's p (Bonferroni) and Cohen's d of every pair as the paper has them, which take rounds for independent; n/a where neither player's figures vary.",
        .. result.IsStopped ? ["A table ended early because a player had less than no coins; bankrupt = continue plays on."] : Array.Empty<string>(),
    ];

    private static string Share(double share) => double.IsNaN(share) ? "n/a" : share.ToString("0.0 %", CultureInfo.InvariantCulture);
}
