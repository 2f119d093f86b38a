using Pilotage.Language.Groups;

namespace Pilotage.Systems.Language.Hbpo;

/// <summary>What the answers under one budget did in an iteration.</summary>
/// <param name="Budget">As it was told; empty for none.</param>
/// <param name="Reward">Mean of the reward that was learned from.</param>
/// <param name="Length">Mean tokens.</param>
/// <param name="Correct">Share of correct answers.</param>
internal sealed record SubgroupFigures(string Budget, double Reward, double Length, double Correct)
{
    /// <summary>Measures the answers by budget.</summary>
    /// <param name="groups">Answers of an iteration.</param>
    /// <param name="rewards">What was learned from, as many for each group.</param>
    /// <returns>In the order of the subgroups.</returns>
    public static IReadOnlyList<SubgroupFigures> Of(IReadOnlyList<ResponseGroup> groups, IReadOnlyList<float[]> rewards) =>
    [
        .. groups.SelectMany((group, number) => group.Responses.Select((response, i) => (response, Reward: rewards[number][i]))).GroupBy(drawn => drawn.response.Tag)
            .Select(budget => new SubgroupFigures(budget.Key, budget.Average(drawn => drawn.Reward), budget.Average(drawn => drawn.response.Tokens.Length), budget.Average(drawn => drawn.response.Reward > 0 ? 1.0 : 0))),
    ];

    /// <summary>Standard deviation of the lengths of the answers to a problem, mean over problems: how wide the search over lengths still is.</summary>
    /// <param name="groups">Answers of an iteration.</param>
    /// <returns>Tokens.</returns>
    public static double LengthDeviation(IReadOnlyList<ResponseGroup> groups) => groups.Average(group =>
    {
        var mean = group.Responses.Average(response => response.Tokens.Length);
        return Math.Sqrt(group.Responses.Average(response => (response.Tokens.Length - mean) * (response.Tokens.Length - mean)));
    });
}
