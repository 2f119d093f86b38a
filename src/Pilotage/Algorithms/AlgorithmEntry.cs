using Pilotage.Environments;
using Pilotage.Experience;
using Pilotage.Settings;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Algorithms;

/// <summary>A learner as the command line knows it.</summary>
/// <param name="Name">As users type it: <c>ppo</c>.</param>
/// <param name="Title">In words: "Proximal policy optimisation".</param>
/// <param name="Source">Paper.</param>
/// <param name="Summary">One line: what it suits.</param>
/// <param name="Settings">Schema of its settings record, with an entry <c>steps</c>.</param>
/// <param name="Refusal">Why it cannot learn an environment; <see langword="null"/> if it can.</param>
/// <param name="DefaultsFor">The settings record for an environment: the schema's defaults, changed where a name is known to need it.</param>
/// <param name="Create">Makes the learner: settings record, environment by row count and seeds, the run's seed tree, where tensors are computed.</param>
public sealed record AlgorithmEntry(
    string Name, string Title, string Source, string Summary, SettingsSchema Settings,
    Func<EnvironmentSpec, string?> Refusal,
    Func<string, object> DefaultsFor,
    Func<object, Func<int, SeedTree, IVectorEnvironment>, SeedTree, Device, ILearner> Create)
{
    /// <summary>Whether its learner is an <see cref="IWarmStart"/>: can begin from what a heuristic or another policy did.</summary>
    public bool TakesDemonstrations { get; init; }

    /// <summary>Makes a worker's side from the settings record and an environment of as many rows as a worker plays; <see langword="null"/> if it does not learn from rollouts of a fixed length.</summary>
    public Func<object, IVectorEnvironment, RolloutShard>? CreateShard { get; init; }

    /// <summary>Whether it computes with tensors at all; a table is the same on every device.</summary>
    public bool UsesTensors { get; init; } = true;
}
