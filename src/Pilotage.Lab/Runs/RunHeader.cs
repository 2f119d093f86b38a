using System.ComponentModel.DataAnnotations;
using Pilotage.Evaluation;
using Pilotage.Settings;

namespace Pilotage.Lab.Runs;

/// <summary>What a run is, beside its settings: with both it can be repeated and resumed.</summary>
[Settings]
public sealed partial record RunHeader : ISettingsRules
{
    /// <summary>What was done: a comparison, a training, a user's own problem, a schedule, a program of the user's own, or a sweep.</summary>
    public RunCommand Command { get; init; } = RunCommand.Run;

    /// <summary>The system, as the command line names it; null for a training.</summary>
    public string? System { get; init; }

    /// <summary>The algorithm of a training; null otherwise.</summary>
    public string? Algorithm { get; init; }

    /// <summary>The environment of a training or of a user's own program; null otherwise.</summary>
    public string? Environment { get; init; }

    /// <summary>How much of a comparison was run.</summary>
    public Scale Scale { get; init; } = Scale.Laptop;

    /// <summary>Root of the seed tree. Any whole number; the same one gives the same bits.</summary>
    public long Seed { get; init; }

    /// <summary>Where tensors are computed: cpu, torch or cuda. Devices differ in the last bits.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Seeds of each arm of a comparison; null for the scale's own number.</summary>
    [Range(1, 100_000)]
    public int? SeedCount { get; init; }

    /// <summary>Environment steps of a training; null for the algorithm's own number.</summary>
    [Range(1L, double.MaxValue)]
    public long? Steps { get; init; }

    /// <summary>What a training begins from: <c>heuristic</c>, or the folder of a policy; null for nothing.</summary>
    public string? WarmStart { get; init; }

    /// <summary>Environment steps that are recorded of it and learned from before the first step. Few: rare states are not seen; many: slow.</summary>
    [Range(2L, 1_000_000_000L)]
    public long WarmStartSteps { get; init; } = 10_000;

    /// <summary>Episodes of a training's final evaluation.</summary>
    [Range(1, 1_000_000)]
    public int EvaluationEpisodes { get; init; } = 100;

    /// <summary>Environment steps between two checkpoints of a training. Few: the disk is busy; many: a kill loses more. Changes no result.</summary>
    [Range(1L, 1_000_000_000_000L)]
    public long CheckpointEvery { get; init; } = 50_000;

    /// <summary>Folder of real data as it was given; null for generated data.</summary>
    public string? Data { get; init; }

    /// <summary>Input files of a user's own problem, as they were given; of a schedule jobs, machines and policy.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];

    /// <summary>Version of the program that made the run. Other versions may give other bits.</summary>
    public string Version { get; init; } = "";

    /// <summary>The system, or algorithm and environment: the middle of a run folder's name.</summary>
    public string Name => Command switch
    {
        RunCommand.Train => $"{Algorithm}-{Environment}",
        RunCommand.Improve => $"improve-{Environment}",
        RunCommand.Sweep => $"sweep-{System ?? $"{Algorithm}-{Environment}"}",
        RunCommand.Schedule => "schedule",
        _ => System ?? "",
    };

    /// <inheritdoc/>
    public IEnumerable<string> Problems()
    {
        if (Command is RunCommand.Run or RunCommand.Apply or RunCommand.Schedule && System is null) yield return "System is missing. Name the system.";
        if (Command == RunCommand.Schedule && Inputs.Count != 3) yield return $"inputs = [{string.Join(", ", Inputs)}] must name jobs, machines and policy.";
        if (Command == RunCommand.Train && Algorithm is null) yield return "Algorithm is missing. Name the algorithm.";
        if (Command == RunCommand.Sweep && (System is null) == (Algorithm is null || Environment is null)) yield return "A sweep tunes one thing. Name a system, or algorithm and environment.";
        if (Command is RunCommand.Train or RunCommand.Improve && Environment is null) yield return "Environment is missing. Name the environment.";
    }
}
