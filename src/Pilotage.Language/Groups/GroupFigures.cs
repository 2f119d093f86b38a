namespace Pilotage.Language.Groups;

/// <summary>What the groups of one step show.</summary>
/// <param name="Reward">Mean over answers.</param>
/// <param name="Length">Mean tokens of an answer.</param>
/// <param name="LevelShare">Share of groups whose answers all have the same reward.</param>
/// <param name="Age">Mean age of the groups.</param>
public readonly record struct GroupFigures(double Reward, double Length, double LevelShare, double Age)
{
    /// <summary>Measures groups.</summary>
    /// <param name="groups">At least one.</param>
    /// <param name="step">The learner's step.</param>
    /// <returns>The figures.</returns>
    public static GroupFigures Of(IReadOnlyList<ResponseGroup> groups, long step) => new(
        groups.Average(group => group.Responses.Average(response => response.Reward)), groups.Average(group => group.Responses.Average(response => response.Tokens.Length)),
        groups.Average(group => group.IsLevel ? 1.0 : 0), groups.Average(group => (double)group.Age(step)));

    /// <summary>By name, as reports have them.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Named => [new("reward", Reward), new("response_length", Length), new("level_groups", LevelShare), new("age", Age)];
}
