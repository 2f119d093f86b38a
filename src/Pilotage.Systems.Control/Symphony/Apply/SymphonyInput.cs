using Pilotage.Environments;

namespace Pilotage.Systems.Control.Symphony;

/// <summary>What a user brings: a text file that names an environment, and maybe a folder of MuJoCo models and the state of an earlier run.</summary>
/// <param name="Environment">With a box of actions.</param>
/// <param name="State">Path of the state to go on from; <see langword="null"/> to begin anew.</param>
internal sealed record SymphonyInput(EnvironmentEntry Environment, string? State)
{
    private const int LongestName = 200;

    /// <summary>Reads and checks the paths.</summary>
    /// <param name="inputs">As given, in any order.</param>
    /// <exception cref="UserMistakeException">No environment is named, or not one with a box of actions, or MuJoCo or its models are missing.</exception>
    public static SymphonyInput Read(IReadOnlyList<string> inputs)
    {
        var models = inputs.FirstOrDefault(Directory.Exists);
        var files = inputs.Where(path => !Directory.Exists(path)).ToList();
        var state = files.FirstOrDefault(StateFile.IsState);
        var tasks = files.Where(path => !StateFile.IsState(path)).ToList();
        if (tasks.Count != 1)
        {
            throw Mistake(
                $"{tasks.Count} files name an environment; wanted is one.", string.Join(", ", tasks),
                "Give one text file whose first line is a name such as Pendulum-v1 (pilotage list environments), and beside it at most a folder of MuJoCo models and a state file.");
        }
        using var reader = File.OpenText(tasks[0]);
        var name = (reader.ReadLine() ?? "").Trim();
        if (name.Length is 0 or > LongestName) throw Mistake($"The first line names no environment: it has {name.Length} characters.", tasks[0], "Write a name such as Pendulum-v1 there; pilotage list environments shows all.");
        var entry = SymphonyTask.Find(name, models);
        if (entry.Spec.Actions is not ActionSpace.Box)
            throw Mistake($"{entry.Name} has discrete actions; Symphony moves motors and needs a box of real numbers.", tasks[0], "Name an environment such as Pendulum-v1 or Hopper-v4, or train dqn or ppo on this one.");
        entry.Create(1, SeedTree.Root(0));
        return new(entry, state);
    }

    private static UserMistakeException Mistake(string what, string where, string advice) => new(new Mistake("PIL1403", what, where, advice).ToString());
}
