using Pilotage.Environments.Mujoco.Tasks;

namespace Pilotage.Environments.Mujoco;

/// <summary>The standard MuJoCo tasks in both of Gymnasium's definitions. Listing them needs neither the library nor the models; creating one needs both.</summary>
public static class MujocoCatalog
{
    /// <summary>All tasks, reading models from a folder.</summary>
    /// <param name="modelFolder">Names the folder that holds <c>hopper.xml</c> and the others, or throws; asked when an environment is created.</param>
    /// <returns>The entries, in the order in which they are listed.</returns>
    public static IReadOnlyList<EnvironmentEntry> All(Func<string> modelFolder) =>
    [
        .. Both<InvertedPendulum>(modelFolder), .. Both<InvertedDoublePendulum>(modelFolder), .. Both<Reacher>(modelFolder), .. Both<Swimmer>(modelFolder),
        .. Both<Hopper>(modelFolder), .. Both<Walker2d>(modelFolder), .. Both<HalfCheetah>(modelFolder), .. Both<Ant>(modelFolder), .. Both<Humanoid>(modelFolder),
    ];

    /// <summary>Makes rows of one task that share a model.</summary>
    internal static VectorEnvironment<MujocoEnvironment<TTask>> Create<TTask>(TaskVersion version, string path, int rows, SeedTree seeds) where TTask : struct, IMujocoTask<TTask>
    {
        var description = TTask.Describe(version);
        var model = MujocoModel.Load(path);
        description.Check(model, path);
        var instances = new MujocoEnvironment<TTask>[rows];
        for (var row = 0; row < rows; row++) instances[row] = new(model, description, version);
        return new(instances, seeds, description.Spec);
    }

    private static IEnumerable<EnvironmentEntry> Both<TTask>(Func<string> modelFolder) where TTask : struct, IMujocoTask<TTask> =>
        new[] { TaskVersion.V4, TaskVersion.V5 }.Select(version => Entry<TTask>(version, modelFolder));

    private static EnvironmentEntry Entry<TTask>(TaskVersion version, Func<string> modelFolder) where TTask : struct, IMujocoTask<TTask>
    {
        var task = TTask.Describe(version);
        return new(task.Summary, task.Spec, (rows, seeds) => Create<TTask>(version, Path.Combine(FolderWithLibrary(modelFolder), task.ModelFile), rows, seeds), task.CreateHeuristic, task.Heuristic);
    }

    /// <summary>The folder, or all that is missing at once: library and models.</summary>
    private static string FolderWithLibrary(Func<string> modelFolder)
    {
        var (problems, folder) = (new List<string>(), "");
        foreach (var look in new Action[] { () => MujocoLibrary.Load(), () => folder = modelFolder() })
        {
            try { look(); }
            catch (UserMistakeException mistake) { problems.AddRange(mistake.Problems); }
        }
        UserMistakeException.ThrowIfAny(problems);
        return folder;
    }
}
