using Pilotage.Algorithms.Tabular;
using Pilotage.Environments;
using Pilotage.Settings;
using Pilotage.Training;

namespace Pilotage.Algorithms;

/// <summary>The learners that can be named on the command line.</summary>
public static class AlgorithmCatalog
{
    /// <summary>All entries, by name.</summary>
    public static IReadOnlyList<AlgorithmEntry> All { get; } =
    [
        new("a2c", "Advantage actor-critic", "arXiv:1602.01783", "discrete or continuous actions, masks; the cheapest update, many of them", A2cConfig.Schema,
            static _ => null, Presets.A2c,
            static (settings, make, seeds, device) => new A2c((A2cConfig)settings, make(((A2cConfig)settings).EnvironmentCount, seeds), seeds, device))
        { TakesDemonstrations = true, CreateShard = static (settings, environment) => A2c.Shard((A2cConfig)settings, environment) },
        new("bc", "Behaviour cloning", "NIPS 1988", "does what the environment's heuristic does; learns nothing beyond it", BehaviourCloningConfig.Schema,
            WithHeuristic, static _ => new BehaviourCloningConfig(),
            static (settings, make, seeds, device) =>
            {
                var environment = make(((BehaviourCloningConfig)settings).EnvironmentCount, seeds);
                return new BehaviourCloning((BehaviourCloningConfig)settings, EnvironmentCatalog.Find(environment.Spec.Name).CreateHeuristic(), environment, seeds, device);
            }),
        new("cma-es", "Neuroevolution by covariance adaptation", "arXiv:1604.00772", "small networks, whole episodes, no gradients; noisy or rare rewards", CmaEsConfig.Schema,
            static _ => null, static _ => new CmaEsConfig(),
            static (settings, make, seeds, device) => new CmaEs((CmaEsConfig)settings, make, seeds, device)),
        new("ddpg", "Deep deterministic policy gradient", "arXiv:1509.02971", "continuous actions; one critic: the simplest, and easily upset", DdpgConfig.Schema,
            ContinuousOnly, Presets.Ddpg,
            static (settings, make, seeds, device) => new Ddpg((DdpgConfig)settings, make(((DdpgConfig)settings).EnvironmentCount, seeds), seeds, device)) { TakesDemonstrations = true },
        new("dqn", "Deep Q-learning", "Nature 518 (2015)", "one discrete choice; reuses old experience, so it needs few steps", DqnConfig.Schema,
            DiscreteOnly, Presets.Dqn,
            static (settings, make, seeds, device) => new Dqn((DqnConfig)settings, make(((DqnConfig)settings).EnvironmentCount, seeds), seeds, device)) { TakesDemonstrations = true },
        new("impala", "Importance-weighted actor-learner (V-trace)", "arXiv:1802.01561", "as a2c, but an older policy acts: acting and learning may overlap", ImpalaConfig.Schema,
            static _ => null, Presets.Impala,
            static (settings, make, seeds, device) => new Impala((ImpalaConfig)settings, make(((ImpalaConfig)settings).EnvironmentCount, seeds), seeds, device))
        { CreateShard = static (settings, environment) => Impala.Shard((ImpalaConfig)settings, environment) },
        new("ppo", "Proximal policy optimisation", "arXiv:1707.06347", "discrete or continuous actions, masks; sturdy and fast per step", PpoConfig.Schema,
            static _ => null, Presets.Ppo,
            static (settings, make, seeds, device) => new Ppo((PpoConfig)settings, make(((PpoConfig)settings).EnvironmentCount, seeds), seeds, device))
        { TakesDemonstrations = true, CreateShard = static (settings, environment) => Ppo.Shard((PpoConfig)settings, environment) },
        new("qr-dqn", "Quantile regression DQN", "arXiv:1710.10044", "DQN that learns the whole distribution of returns; steadier", QrDqnConfig.Schema,
            DiscreteOnly, Presets.QrDqn,
            static (settings, make, seeds, device) => new QrDqn((QrDqnConfig)settings, make(((QrDqnConfig)settings).EnvironmentCount, seeds), seeds, device)) { TakesDemonstrations = true },
        new("recurrent-ppo", "Recurrent proximal policy optimisation", "arXiv:1507.06527", "remembers the episode so far, for problems that one observation does not tell", RecurrentPpoConfig.Schema,
            static _ => null, Presets.RecurrentPpo,
            static (settings, make, seeds, device) => new RecurrentPpo((RecurrentPpoConfig)settings, make(((RecurrentPpoConfig)settings).EnvironmentCount, seeds), seeds, device))
        { CreateShard = static (settings, environment) => RecurrentPpo.Shard((RecurrentPpoConfig)settings, environment) },
        new("reinforce", "REINFORCE", "Machine Learning 8 (1992)", "whole episodes and their returns; simple, noisy", ReinforceConfig.Schema,
            static _ => null, Presets.Reinforce,
            static (settings, make, seeds, device) => new Reinforce((ReinforceConfig)settings, make(((ReinforceConfig)settings).EnvironmentCount, seeds), seeds, device)) { TakesDemonstrations = true },
        new("sac", "Soft actor-critic", "arXiv:1812.05905", "continuous actions; reuses old experience, explores by itself", SacConfig.Schema,
            ContinuousOnly, Presets.Sac,
            static (settings, make, seeds, device) => new Sac((SacConfig)settings, make(((SacConfig)settings).EnvironmentCount, seeds), seeds, device)) { TakesDemonstrations = true },
        new("td3", "Twin delayed DDPG", "arXiv:1802.09477", "continuous actions; as sac, with a deterministic policy; cheaper updates", Td3Config.Schema,
            ContinuousOnly, Presets.Td3,
            static (settings, make, seeds, device) => new Td3((Td3Config)settings, make(((Td3Config)settings).EnvironmentCount, seeds), seeds, device)) { TakesDemonstrations = true },
        Table("q-learning", "Q-learning", "Machine Learning 8 (1992)", "small problems; a table of the greedy policy's values", (c, e, d, s) => new QLearning(c, e, d, s)),
        Table("sarsa", "SARSA", "CUED/F-INFENG/TR 166 (1994)", "small problems; learns the values of what it does, exploration included", (c, e, d, s) => new Sarsa(c, e, d, s)),
        Table("expected-sarsa", "Expected SARSA", "ADPRL 2009", "SARSA with less noise", (c, e, d, s) => new ExpectedSarsa(c, e, d, s)),
        Table("sarsa-lambda", "SARSA(lambda)", "Machine Learning 22 (1996)", "SARSA that tells a reward to the steps before, too", (c, e, d, s) => new SarsaLambda(c, e, d, s)),
        Table("q-lambda", "Q(lambda)", "Watkins, 1989", "Q-learning that tells a reward to the steps before, too", (c, e, d, s) => new WatkinsQ(c, e, d, s)),
        Table("double-q", "Double Q-learning", "NeurIPS 2010", "Q-learning that does not take noise for value", (c, e, d, s) => new DoubleQ(c, e, d, s)),
        Table("dyna-q", "Dyna-Q", "Sutton, 1990", "Q-learning that replays what it remembers; few steps, more computing", (c, e, d, s) => new DynaQ(c, e, d, s)),
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

    private static AlgorithmEntry Table(
        string name, string title, string source, string summary, Func<TabularConfig, IVectorEnvironment, IDiscretizer, SeedTree, ILearner> create) =>
        new(name, title, source, summary, TabularConfig.Schema, ClassicControlGrids.Refusal, Presets.Tabular, (settings, make, seeds, _) =>
        {
            var config = (TabularConfig)settings;
            var environment = make(config.EnvironmentCount, seeds);
            var grid = ClassicControlGrids.For(environment.Spec, config.GridCells) ?? throw new UserMistakeException(ClassicControlGrids.Refusal(environment.Spec) ?? $"There is no grid for {environment.Spec.Name}.");
            return create(config, environment, grid, seeds);
        })
        { UsesTensors = false, TakesDemonstrations = true };

    private static string? WithHeuristic(EnvironmentSpec spec) => EnvironmentCatalog.All.Any(entry => entry.Name == spec.Name)
        ? null
        : $"bc knows no rule of thumb of {spec.Name} that it could do the same as. Use --warm-start heuristic with another algorithm.";

    private static string? DiscreteOnly(EnvironmentSpec spec) => spec.Actions is ActionSpace.Discrete
        ? null
        : $"{spec.Name} has {KindOf(spec.Actions)}; this algorithm needs one discrete choice. Use {(spec.Actions is ActionSpace.Box ? "sac, td3 or ppo" : "ppo")}.";

    private static string? ContinuousOnly(EnvironmentSpec spec) => spec.Actions is ActionSpace.Box
        ? null
        : $"{spec.Name} has {KindOf(spec.Actions)}; this algorithm needs real numbers in a box. Use {(spec.Actions is ActionSpace.Discrete ? "dqn, qr-dqn or ppo" : "ppo")}.";

    private static string KindOf(ActionSpace actions) => actions switch
    {
        ActionSpace.Composite => "choices and continuous actions at once",
        ActionSpace.MultiDiscrete => "several choices at once",
        ActionSpace.Box => "continuous actions",
        _ => "discrete actions",
    };
}
