using Pilotage.Settings;

namespace Pilotage.Algorithms.Offline;

/// <summary>The offline algorithms for one discrete choice of actions, by name.</summary>
public static class OfflineCatalog
{
    /// <summary>All entries, from imitation to constrained values.</summary>
    public static IReadOnlyList<OfflineEntry> All { get; } =
    [
        new("bc", "Behaviour cloning", "NIPS 1988", OfflineFamily.Imitation, "good trajectories; as good as the data are",
            static (config, dataset, ref random, device) => new OfflineBehaviourCloning(config, dataset, ref random, device)),
        new("bve", "Behaviour value estimation", "arXiv:2103.09575", OfflineFamily.BehaviourValues, "middling data; one step better than the data",
            static (config, dataset, ref random, device) => new BehaviourValues(config, dataset, ref random, device)),
        new("mce", "Monte Carlo value estimation", "arXiv:2111.04714", OfflineFamily.BehaviourValues, "whole episodes, middling data; one step better than the data",
            static (config, dataset, ref random, device) => new MonteCarloValues(config, dataset, ref random, device)),
        new("dqn", "Double Q-learning", "arXiv:1509.06461", OfflineFamily.OffPolicy, "data that cover most of what can be done",
            static (config, dataset, ref random, device) => new OfflineDqn(config, dataset, ref random, device)),
        new("qr-dqn", "Quantile regression DQN", "arXiv:1710.10044", OfflineFamily.OffPolicy, "data that cover most of what can be done",
            static (config, dataset, ref random, device) => new OfflineQuantiles(config, dataset, ref random, device)),
        new("rem", "Random ensemble mixture", "arXiv:1907.04543", OfflineFamily.OffPolicy, "data that cover most of what can be done",
            static (config, dataset, ref random, device) => new OfflineEnsemble(config, dataset, ref random, device)),
        new("bcq", "Batch-constrained Q-learning", "arXiv:1910.01708", OfflineFamily.Constrained, "good trajectories or wide coverage, or some of both",
            static (config, dataset, ref random, device) => new BatchConstrainedValues(config, dataset, ref random, device)),
        new("cql", "Conservative Q-learning", "arXiv:2006.04779", OfflineFamily.Constrained, "good trajectories or wide coverage, or some of both",
            static (config, dataset, ref random, device) => new ConservativeValues(config, dataset, ref random, device)),
        new("crr", "Critic regularised regression", "arXiv:2006.15134", OfflineFamily.Constrained, "good trajectories or wide coverage, or some of both",
            static (config, dataset, ref random, device) => new CriticRegularizedRegression(config, dataset, ref random, device)),
    ];

    /// <summary>Finds an entry.</summary>
    /// <param name="name">As the user typed it; case does not matter.</param>
    /// <returns>The entry.</returns>
    /// <exception cref="UserMistakeException">There is none of that name (PIL1303); the message suggests the nearest.</exception>
    public static OfflineEntry Find(string name)
    {
        foreach (var entry in All)
            if (string.Equals(entry.Name, name, StringComparison.OrdinalIgnoreCase)) return entry;
        var meant = NearestName.Suggest(name, All.Select(entry => entry.Name)) is { } nearest ? $"Did you mean {nearest}? " : "";
        throw new UserMistakeException(new Mistake("PIL1303", $"There is no offline algorithm \"{name}\".", "", $"{meant}Known: {string.Join(", ", All.Select(entry => entry.Name))}.").ToString());
    }
}
