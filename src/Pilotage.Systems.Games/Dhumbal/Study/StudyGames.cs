using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>Everything of one seed: its trained players, and the tables that several arms share. Each is made once, whoever asks first.</summary>
/// <remarks>A table's deals hang on a branch of the seed's evaluation, so arms meet the same cards; training has branches of its own.</remarks>
internal sealed class StudyGames
{
    private readonly DhumbalConfig _config;
    private readonly SeedTree _seeds;
    private readonly Dictionary<string, Lazy<ILearner>> _learners;
    private readonly Dictionary<string, Lazy<IReadOnlyList<IReadOnlyList<RoundEntry>>>> _tables;

    /// <param name="config">Valid settings.</param>
    /// <param name="seeds">The seed's.</param>
    /// <param name="device">Where networks are computed; <see langword="null"/> for the managed device.</param>
    /// <param name="cancellation">Stops what is being made.</param>
    public StudyGames(DhumbalConfig config, SeedTree seeds, Device? device, CancellationToken cancellation)
    {
        (_config, _seeds) = (config, seeds);
        var (seat, paper) = (new SeatOptions { Rules = config.Rules }, SeatOptions.Paper(PaperRules));
        _learners = new()
        {
            [AgentNames.Ppo] = new(() => SeatTraining.Ppo(config.Ppo, seat, seeds.Branch(AgentNames.Ppo), device, cancellation)),
            [AgentNames.Dqn] = new(() => SeatTraining.Dqn(config.Dqn, seat, seeds.Branch(AgentNames.Dqn), device, cancellation)),
            [AgentNames.PaperPpo] = new(() => SeatTraining.Ppo(config.PaperPpo, paper, seeds.Branch(AgentNames.PaperPpo), device, cancellation)),
            [AgentNames.PaperDqn] = new(() => SeatTraining.Dqn(config.PaperDqn, paper, seeds.Branch(AgentNames.PaperDqn), device, cancellation)),
        };
        _tables = Tables.ToDictionary(table => table.Key, table => new Lazy<IReadOnlyList<IReadOnlyList<RoundEntry>>>(() => table.Key switch
        {
            StudyMetrics.Rules => Play(table.Key, table.Value, config.Rules, config.RuleDeals, Seating.Fair, cancellation),
            StudyMetrics.Paper => Play(table.Key, table.Value, PaperRules, config.RuleDeals * config.Rules.Players, Seating.Fixed, cancellation),
            StudyMetrics.FirstSeat => Play(table.Key, table.Value, PaperRules, config.RuleDeals * config.Rules.Players, Seating.Fixed, cancellation),
            _ => Play(table.Key, table.Value, config.Rules, DealsOf(table.Value), Seating.Fair, cancellation),
        }));
    }

    /// <summary>Who sits at which table.</summary>
    public static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> Tables = new Dictionary<string, IReadOnlyList<string>>
    {
        [StudyMetrics.Championship] = [AgentNames.Aggressive, AgentNames.Ismcts, AgentNames.PaperPpo, AgentNames.Random],
        [StudyMetrics.Learners] = [AgentNames.Ppo, AgentNames.PaperPpo, AgentNames.Dqn, AgentNames.Random],
        [StudyMetrics.Search] = [AgentNames.Aggressive, AgentNames.Mcts, AgentNames.Ismcts, AgentNames.RuleIsmcts],
        [StudyMetrics.Final] = [AgentNames.Aggressive, AgentNames.RuleIsmcts, AgentNames.Ppo, AgentNames.Dqn],
        [StudyMetrics.Rules] = AgentNames.Rules,
        [StudyMetrics.Paper] = AgentNames.Rules,
        [StudyMetrics.FirstSeat] = [AgentNames.Aggressive, AgentNames.Aggressive, AgentNames.Aggressive, AgentNames.Aggressive],
    };

    private HouseRules PaperRules => _config.Rules with { Pickup = PickRule.Own };

    /// <summary>Rounds of a table, by contestant.</summary>
    public IReadOnlyList<IReadOnlyList<RoundEntry>> Table(string name) => _tables[name].Value;

    /// <summary>Rounds of a player who sits with three rules.</summary>
    public IReadOnlyList<RoundEntry> Field(string name, CancellationToken cancellation) =>
        Play(StudyMetrics.Field, [name, AgentNames.Conservative, AgentNames.Balanced, AgentNames.Opportunistic], _config.Rules, DealsOf([name]), Seating.Fair, cancellation)[0];

    /// <summary>The learner of a name, trained; <see langword="null"/> for other players.</summary>
    public ILearner? Learner(string name) => _learners.TryGetValue(name, out var learner) ? learner.Value : null;

    // The first deals of a table are the same however many are played, so players with few and with many of them pair on the few.
    private int DealsOf(IReadOnlyList<string> names) => names.Any(AgentNames.Searches.Contains) ? _config.SearchDeals : _config.Deals;

    private IReadOnlyList<IReadOnlyList<RoundEntry>> Play(string table, IReadOnlyList<string> names, HouseRules rules, int deals, Seating seating, CancellationToken cancellation)
    {
        var played = new TournamentTable(rules, [.. names.Select(name => new Contestant(name, Agent(name)))], _seeds.Evaluation.Branch(table));
        played.Play(0, deals, seating, cancellation);
        return played.Entries;
    }

    private IDhumbalAgent Agent(string name) => Learner(name) is not { } learner
        ? AgentNames.Create(name, _config.Search)
        : new PolicyAgent(learner.Policy, name is AgentNames.PaperPpo or AgentNames.PaperDqn ? SeatOptions.Paper(PaperRules) : new SeatOptions { Rules = _config.Rules });
}
