using Pilotage.Environments;
using Pilotage.Lab.Runs;
using Pilotage.Policies;

namespace Pilotage.Lab.Comparisons;

/// <summary>Finds the policy that a user named.</summary>
public static class PolicyFinder
{
    /// <summary>The environment's rule of thumb.</summary>
    public const string Heuristic = "heuristic";

    /// <summary>Uniform actions.</summary>
    public const string Random = "random";

    /// <summary>The environment that a run or a policy was made for.</summary>
    /// <param name="name">As typed.</param>
    /// <returns>Its name; <see langword="null"/> for rules.</returns>
    /// <exception cref="UserMistakeException">There is no such run or policy.</exception>
    public static string? EnvironmentOf(string name) =>
        name is Heuristic or Random ? null : PolicyFile.Exists(name) ? PolicyFile.ReadManifest(name).Environment.Name : Training(name).Header.Environment;

    /// <summary>Reads the policy.</summary>
    /// <param name="name">A run's folder, a policy's folder, <c>heuristic</c> or <c>random</c>.</param>
    /// <param name="environment">Where it is to act.</param>
    /// <returns>The policy; of an unfinished run, that of its last good checkpoint.</returns>
    /// <exception cref="UserMistakeException">It is not there, cannot be read, holds no single policy, or is for another environment.</exception>
    public static NamedPolicy Find(string name, EnvironmentEntry environment)
    {
        if (name == Heuristic) return new(name, environment.CreateHeuristic(), null, null, new([]));
        if (name == Random) return new(name, new RandomPolicy(), null, null, new([]));
        if (PolicyFile.Exists(name))
        {
            var manifest = PolicyFile.ReadManifest(name);
            return new(LabelOf(name), PolicyFile.Load(name, environment.Spec), manifest.Environment, manifest.Source ?? new(), CurveOf(name));
        }
        var folder = Training(name);
        RequireSame(name, folder.Header.Environment!, environment);
        if (!Directory.Exists(folder.CheckpointsPath) || !Directory.EnumerateFiles(folder.CheckpointsPath).Any())
            throw Mistake("PIL0611", $"{name} holds neither a policy nor a checkpoint.", $"The training stopped before its first one: pilotage resume {name}");
        var run = TrainingRun.Resume(folder, environments: [environment, .. EnvironmentCatalog.All]);
        return new(LabelOf(name), run.Policy, environment.Spec, new(folder.Header.Algorithm, folder.Name, folder.Header.Seed, run.StepsDone), CurveOf(name));
    }

    private static RunFolder Training(string name)
    {
        if (!Directory.Exists(name))
        {
            throw Mistake(
                "PIL0610", $"There is no policy \"{name}\".",
                "Give the folder of a run (pilotage list runs shows them), a folder that pilotage export wrote, heuristic or random.");
        }
        var folder = RunFolder.Open(name);
        return folder.Header.Command == RunCommand.Train
            ? folder
            : throw Mistake("PIL0612", $"{name} is a run of {folder.Header.Name}, which keeps no policy before its end.", "Give the folder of a training, or of an improvement that is finished.");
    }

    private static void RequireSame(string name, string own, EnvironmentEntry asked)
    {
        if (own == asked.Name) return;                                   // whichever catalogue it is from
        var spec = EnvironmentCatalog.Find(own).Spec;
        if (spec.ObservationSize != asked.Spec.ObservationSize || spec.Actions.GetType() != asked.Spec.Actions.GetType() || spec.Actions.IndexCount != asked.Spec.Actions.IndexCount)
            throw Mistake("PIL0609", $"{name} is a training on {own}; {asked.Name} has other observations or actions.", $"Give a policy for {asked.Name}.");
    }

    private static LearningCurve CurveOf(string name) => LearningCurve.Read(Path.Combine(name, "metrics.jsonl"));

    // Two runs of one command differ in their folder's name alone.
    private static string LabelOf(string path)
    {
        var full = Path.GetFullPath(path).TrimEnd(Path.DirectorySeparatorChar);
        return Path.GetFileName(full) == PolicyFile.DescriptionName ? Path.GetFileName(Path.GetDirectoryName(full)!) : Path.GetFileName(full);
    }

    private static UserMistakeException Mistake(string code, string what, string advice) => new(new Mistake(code, what, "", advice).ToString());
}
