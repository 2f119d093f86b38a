using Pilotage.Environments;
using Pilotage.Settings;

namespace Pilotage.Algorithms;

/// <summary>The learners that can be named on the command line.</summary>
public static class AlgorithmCatalog
{
    /// <summary>All entries, by name.</summary>
    public static IReadOnlyList<AlgorithmEntry> All { get; } =
    [
        new("dqn", "Deep Q-learning", "Nature 518 (2015)", "one discrete choice; reuses old experience, so it needs few steps", DqnConfig.Schema,
            DiscreteOnly, Presets.Dqn,
            static (settings, make, seeds) => new Dqn((DqnConfig)settings, make(((DqnConfig)settings).EnvironmentCount, seeds), seeds)),
        new("ppo", "Proximal policy optimisation", "arXiv:1707.06347", "discrete or continuous actions, masks; sturdy and fast per step", PpoConfig.Schema,
            static spec => spec.Actions is ActionSpace.MultiDiscrete ? $"{spec.Name} has several discrete choices at once; ppo takes one discrete choice or a box." : null, Presets.Ppo,
            static (settings, make, seeds) => new Ppo((PpoConfig)settings, make(((PpoConfig)settings).EnvironmentCount, seeds), seeds)),
    ];

    /// <summary>Finds an entry.</summary>
    /// <param name="name">As the user typed it; case does not matter.</param>
    /// <returns>The entry.</returns>
    /// <exception cref="UserMistakeException">There is none of that name; the message suggests the nearest.</exception>
    public static AlgorithmEntry Find(string name)
    {
        foreach (var entry in All)
            if (string.Equals(entry.Name, name, StringComparison.OrdinalIgnoreCase)) return entry;
        var meant = NearestName.Suggest(name, All.Select(entry => entry.Name)) is { } nearest ? $"Did you mean {nearest}? " : "";
        throw new UserMistakeException(new Mistake("PIL0406", $"There is no algorithm \"{name}\".", "", $"{meant}Known: {string.Join(", ", All.Select(entry => entry.Name))}.").ToString());
    }

    private static string? DiscreteOnly(EnvironmentSpec spec) => spec.Actions is ActionSpace.Discrete
        ? null
        : $"{spec.Name} has continuous actions; this algorithm needs one discrete choice. Use ppo.";
}
