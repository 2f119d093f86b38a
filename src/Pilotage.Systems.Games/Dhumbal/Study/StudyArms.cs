using System.Collections.Concurrent;
using Pilotage.Evaluation;
using Pilotage.Tensors;

namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>The competitors of the study: every player among three rules, and its row of each table that it sits at.</summary>
/// <param name="config">Settings.</param>
/// <param name="device">Where networks are computed; <see langword="null"/> for the managed device.</param>
internal sealed class StudyArms(DhumbalConfig config, Device? device)
{
    private readonly ConcurrentDictionary<ulong, Lazy<StudyGames>> _games = new();       // by seed: arms share trainings and tables

    /// <summary>All arms, heuristics first.</summary>
    public IReadOnlyList<Arm> All() =>
    [
        .. AgentNames.Rules.Select(name => Player(name, ArmKind.Heuristic)), Player(AgentNames.Random, ArmKind.Heuristic),
        Player(AgentNames.Mcts, ArmKind.Baseline), Player(AgentNames.Ismcts, ArmKind.Baseline), Player(AgentNames.PaperPpo, ArmKind.Baseline), Player(AgentNames.PaperDqn, ArmKind.Baseline),
        Player(AgentNames.RuleIsmcts, ArmKind.Method), Player(AgentNames.Ppo, ArmKind.Method), Player(AgentNames.Dqn, ArmKind.Method),
    ];

    private Arm Player(string name, ArmKind kind) => new(name, kind, (trial, cancellation) =>
    {
        var games = _games.GetOrAdd(trial.Seeds.Key, _ => new(() => new(config, trial.Seeds, device, cancellation))).Value;
        var measured = new List<Measurement>();
        var field = games.Field(name, cancellation);
        ByDeal(measured, StudyMetrics.Field, field);
        var figures = AgentFigures.Of(field, config.Rules.Players);
        if (figures.Calls > 0) measured.Add(new("field_call_success", StudyMetrics.Field, figures.CallSuccess));
        measured.Add(new("field_discarded", StudyMetrics.Field, figures.Discarded));
        foreach (var (table, names) in StudyGames.Tables)
        {
            if (!names.Contains(name)) continue;
            if (table == StudyMetrics.FirstSeat) measured.Add(new(StudyMetrics.FirstSeat, table, AgentFigures.Of(games.Table(table)[0], config.Rules.Players).WinRate));
            else AtTable(measured, games, table, names, name);
        }
        return [.. measured, .. Timing(games, name)];
    });

    private void AtTable(List<Measurement> measured, StudyGames games, string table, IReadOnlyList<string> names, string name)
    {
        var entries = games.Table(table);
        var own = entries[names.ToList().IndexOf(name)];
        if (table is StudyMetrics.Rules or StudyMetrics.Paper)
        {
            var figures = AgentFigures.Of(own, config.Rules.Players);
            measured.Add(new(StudyMetrics.Wins(table), table, figures.WinRate));
            measured.Add(new(StudyMetrics.Coins(table), table, figures.Coins));
            if (figures.Calls > 0) measured.Add(new(table == StudyMetrics.Rules ? StudyMetrics.CallSuccess : StudyMetrics.PaperCallSuccess, table, figures.CallSuccess));
        }
        else ByDeal(measured, table, own);
        if (table == StudyMetrics.Paper) return;
        for (var rival = 0; rival < names.Count; rival++)
        {
            if (names[rival] == name) continue;
            var share = own.Zip(entries[rival], (x, y) => x.Coins > y.Coins ? 1 : x.Coins == y.Coins ? 0.5 : 0).Average();
            measured.Add(new(StudyMetrics.Ahead(names[rival]), table, share));
        }
    }

    private static void ByDeal(List<Measurement> measured, string table, IReadOnlyList<RoundEntry> entries)
    {
        foreach (var deal in entries.GroupBy(entry => entry.Deal))
        {
            var instance = FormattableString.Invariant($"{table}/deal-{deal.Key}");
            measured.Add(new(StudyMetrics.Coins(table), instance, deal.Average(entry => (double)entry.Coins)));
            measured.Add(new(StudyMetrics.Wins(table), instance, deal.Average(entry => entry.Won ? 1.0 : 0)));
        }
    }

    private static IReadOnlyList<Measurement> Timing(StudyGames games, string name) => games.Learner(name) is { } learner ? new LearnerClock().Add(learner).Measurements() : [];
}
