using System.ComponentModel.DataAnnotations;
using Pilotage.Settings;

namespace Pilotage.Systems.Control.Bpo;

/// <summary>Settings of the system: the learner, what the study compares, and what apply trains.</summary>
[Settings]
public sealed partial record BpoSystemConfig : ISettingsRules
{
    /// <summary>Bounded policy optimisation. Network, batch, passes and step size are PPO's too. Eight rows in the place of one: the same batch from less correlated steps.</summary>
    public BpoConfig Learner { get; init; } = new() { Steps = 61_440, EnvironmentCount = 8, Horizon = 256 };

    /// <summary>Environments of the study.</summary>
    public IReadOnlyList<string> Tasks { get; init; } = ["CartPole-v1", "Pendulum-v1"];

    /// <summary>Environments that paper scale adds. They need MuJoCo and its models.</summary>
    public IReadOnlyList<string> PaperTasks { get; init; } = ["Hopper-v4"];

    /// <summary>Folder of the MuJoCo models. Empty: <c>mjcf</c> in the folder of --data, else ../shared/data/mjcf.</summary>
    public string ModelFolder { get; init; } = "";

    /// <summary>Clip radius of PPO's first arm: its own default.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double ClipRadius { get; init; } = 0.2;

    /// <summary>Random decision processes of the exact study.</summary>
    [Range(1, 100_000)]
    public int Processes { get; init; } = 500;

    /// <summary>Exact updates of each process.</summary>
    [Range(1, 10_000)]
    public int Updates { get; init; } = 50;

    /// <summary>Temperature of the smooth solution in the exact study (lambda).</summary>
    [Range(1e-8, 1e6)]
    public double ExactTemperature { get; init; } = 1e-4;

    /// <summary>Apply: training seeds of each learner. 1 shows that it works; with fewer than 6 no interval of 95 % over seeds exists.</summary>
    [Range(1, 100)]
    public int ApplySeeds { get; init; } = 8;

    /// <inheritdoc/>
    public IEnumerable<string> Problems()
    {
        if (Tasks.Count == 0) yield return "tasks is empty. Give at least one environment, for example [CartPole-v1].";
        foreach (var name in Tasks.Concat(PaperTasks).GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(group => group.Skip(1).Any()))
            yield return $"tasks and paperTasks name {name.Key} twice. Name each environment once.";
    }
}
