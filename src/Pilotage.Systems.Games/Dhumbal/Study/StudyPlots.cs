using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;

namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>The study's own figures: who gets more than whom, and who wins in which harness.</summary>
internal static class StudyPlots
{
    private static readonly IReadOnlyList<string> Players = [.. AgentNames.Rules, AgentNames.Random, AgentNames.Mcts, AgentNames.Ismcts, AgentNames.RuleIsmcts, AgentNames.PaperPpo, AgentNames.Ppo, AgentNames.Dqn];

    /// <summary>All figures.</summary>
    public static IReadOnlyList<Plot> All(StudyResults results) => [Ahead(results), Harness(results)];

    private static HeatmapPlot Ahead(StudyResults results)
    {
        double Share(string player, string rival) => results.SeedsOf(player).SelectMany(seed => results.Values(player, seed, StudyMetrics.Ahead(rival)).Values).DefaultIfEmpty(double.NaN).Average();
        return new("ahead", "How often the row's player gets more coins than the column's", new("rival"), new("player"), Players, Players, [.. Players.SelectMany(player => Players.Select(rival => Share(player, rival)))], new("rounds ahead", "share"))
        {
            Centre = 0.5,
            Note = "Share of the rounds that both sat at one table, over all such tables and seeds; equal coins count half. Empty where they never met.",
        };
    }

    private static BarPlot Harness(StudyResults results)
    {
        double Mean(string player, string metric) => results.SeedsOf(player).SelectMany(seed => results.Values(player, seed, metric).Values).DefaultIfEmpty(double.NaN).Average();
        return new("harness", "Rounds won among the four rules, by harness", new("rounds won", "share"),
            [.. AgentNames.Rules.SelectMany(name => new[] { $"{name}, fair", $"{name}, paper" })],
            [new("wins", [.. AgentNames.Rules.SelectMany(name => new[] { Mean(name, StudyMetrics.Wins(StudyMetrics.Rules)), Mean(name, StudyMetrics.Wins(StudyMetrics.Paper)) })])])
        {
            Note = "Fair: every deal in all rotations, the previous player's card may be taken. Paper: aggressive begins every round, the own discard may be taken. Four equal players win a quarter each.",
        };
    }
}
