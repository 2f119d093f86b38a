using Pilotage.Evaluation;

namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>What the study measures, by name. Every table has its own wins and coins, since a player's figures depend on whom it sits with.</summary>
internal static class StudyMetrics
{
    public const string Field = "field", Championship = "championship", Learners = "learners", Search = "search", Final = "final", Rules = "rules", Paper = "paper";

    /// <summary>Share of rounds won from the first seat by one of four equal players, when it always begins.</summary>
    public const string FirstSeat = "first_seat_wins";

    /// <summary>Share of successful calls among the rules alone, fair and as the paper plays.</summary>
    public const string CallSuccess = "rules_call_success", PaperCallSuccess = "paper_call_success";

    /// <summary>Share of rounds in which a player got more coins than a rival, by table; ties count half.</summary>
    public static string Ahead(string rival) => $"ahead_of_{rival}";

    /// <summary>Coins per round at a table.</summary>
    public static string Coins(string table) => table + "_coins";

    /// <summary>Share of rounds won at a table.</summary>
    public static string Wins(string table) => table + "_wins";

    /// <summary>The table's columns.</summary>
    public static readonly IReadOnlyList<Metric> Table =
    [
        new(Coins(Field), "coins/round among three rules", HigherIsBetter: true),
        new(Wins(Field), "wins among three rules", HigherIsBetter: true),
        new("field_call_success", "successful calls", HigherIsBetter: true),
        new("field_discarded", "cards/round", HigherIsBetter: true),
        new(Coins(Championship), "championship: coins/round", HigherIsBetter: true),
        new(Wins(Championship), "championship: wins", HigherIsBetter: true),
        new(Coins(Learners), "learners: coins/round", HigherIsBetter: true),
        new(Wins(Learners), "learners: wins", HigherIsBetter: true),
        new(Coins(Search), "search: coins/round", HigherIsBetter: true),
        new(Wins(Search), "search: wins", HigherIsBetter: true),
        new(Coins(Final), "final: coins/round", HigherIsBetter: true),
        new(Wins(Final), "final: wins", HigherIsBetter: true),
        new(Coins(Rules), "rules alone: coins/round", HigherIsBetter: true),
        new(Wins(Rules), "rules alone: wins", HigherIsBetter: true),
        new(CallSuccess, "rules alone: successful calls", HigherIsBetter: true),
        new(Wins(Paper), "paper's harness: wins", HigherIsBetter: true),
        new(PaperCallSuccess, "paper's harness: successful calls", HigherIsBetter: true),
    ];
}
