namespace Pilotage.Systems.Control.Bpo;

/// <summary>A user's file: names of environments, one a line; what follows a # is a comment.</summary>
internal static class EnvironmentList
{
    /// <summary>Reads the files and finds the environments.</summary>
    /// <param name="paths">As the user gave them.</param>
    /// <param name="config">The system's settings.</param>
    /// <returns>At least one task, each once, in the files' order.</returns>
    /// <exception cref="UserMistakeException">A file cannot be read, names none, or names one that is unknown; holds all problems.</exception>
    public static IReadOnlyList<ControlTask> Read(IReadOnlyList<string> paths, BpoSystemConfig config)
    {
        var (tasks, problems) = (new List<ControlTask>(), new List<string>());
        foreach (var path in paths)
        {
            if (!File.Exists(path))
            {
                problems.Add(new Mistake("PIL1202", $"{path} is a folder, not a file.", "", "Give a text file with the name of one environment a line; pilotage list environments shows them.").ToString());
                continue;
            }
            var named = 0;
            foreach (var (line, number) in File.ReadLines(path).Select((line, i) => (line.Split('#')[0].Trim(), i + 1)))
            {
                if (line.Length == 0) continue;
                named++;
                try
                {
                    var task = ControlTask.Find(line, config, data: null);
                    if (!tasks.Exists(other => other.Name == task.Name)) tasks.Add(task);
                }
                catch (UserMistakeException mistake)
                {
                    problems.AddRange(mistake.Problems.Select(problem => $"{problem}\n         {path}, line {number}."));
                }
            }
            if (named == 0) problems.Add(new Mistake("PIL1203", $"{path} names no environment.", "", "Write the name of one environment a line, for example CartPole-v1; pilotage list environments shows them.").ToString());
        }
        foreach (var task in problems.Count == 0 ? tasks : [])
        {
            try { task.Entry.Create(1, SeedTree.Root(0)); }
            catch (UserMistakeException mistake) { problems.AddRange(mistake.Problems); }
        }
        UserMistakeException.ThrowIfAny([.. problems.Distinct()]);
        return tasks;
    }
}
