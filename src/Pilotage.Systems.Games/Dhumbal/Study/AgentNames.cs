namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>The players of the study, by name; these are also the built-in contestants of <c>apply</c> and <c>play</c>.</summary>
internal static class AgentNames
{
    public const string Aggressive = "aggressive", Conservative = "conservative", Balanced = "balanced", Opportunistic = "opportunistic", Random = "random";

    public const string Mcts = "mcts", Ismcts = "ismcts", RuleIsmcts = "ismcts-rules";

    public const string PaperPpo = "ppo-paper", PaperDqn = "dqn-paper", Ppo = "ppo", Dqn = "dqn";

    /// <summary>The rules, in the paper's seating order.</summary>
    public static readonly IReadOnlyList<string> Rules = [Aggressive, Conservative, Balanced, Opportunistic];

    /// <summary>Players that search, which takes a thousand times as long as a rule.</summary>
    public static readonly IReadOnlyList<string> Searches = [Mcts, Ismcts, RuleIsmcts];

    /// <summary>Players that need no training.</summary>
    public static readonly IReadOnlyList<string> BuiltIn = [.. Rules, Random, .. Searches];

    /// <summary>Players that learn.</summary>
    public static readonly IReadOnlyList<string> Learners = [Ppo, Dqn, PaperPpo, PaperDqn];

    /// <summary>Makes a player that needs no training.</summary>
    /// <param name="name">One of <see cref="BuiltIn"/>.</param>
    /// <param name="search">Settings of those that search.</param>
    public static IDhumbalAgent Create(string name, SearchSettings search) => name switch
    {
        Aggressive => new StyleAgent(PlayStyle.Aggressive),
        Conservative => new StyleAgent(PlayStyle.Conservative),
        Balanced => new StyleAgent(PlayStyle.Balanced),
        Opportunistic => new StyleAgent(PlayStyle.Opportunistic),
        Random => new RandomAgent(),
        Mcts => new SearchAgent(search.Iterations, search.Exploration),
        Ismcts => new SearchAgent(search.Iterations * search.Determinizations, search.Exploration),
        RuleIsmcts => new SearchAgent(search.Iterations * search.Determinizations, search.Exploration, new StyleAgent(PlayStyle.Aggressive)),
        _ => throw new ArgumentException($"There is no player '{name}' that needs no training.", nameof(name)),
    };
}
