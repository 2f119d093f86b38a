namespace Pilotage.Systems.Language.R2vpo;

/// <summary>A user's file: names of environments, one a line; what follows a # is a comment.</summary>
internal static class EnvironmentNames
{
    /// <summary>Reads the files and finds the environments.</summary>
    /// <param name="paths">As the user gave them.</param>
    /// <param name="learner">The method's settings.</param>
    /// <returns>At least one task, each once, in the files' order.</returns>
    /// <exception cref="UserMistakeException">A file cannot be read, names none, or names one that is unknown; holds all problems.</exception>
    public static IReadOnlyList<ControlTask> Read(IReadOnlyList<string> paths, R2vpoControlConfig learner)
    {
        var (tasks, problems) = (new List<ControlTask>(), new List<string>());
        foreach (var path in paths)
        {
            if (!File.Exists(path))
            {
                problems.Add(new Mistake("PIL1870", $"{path} is not a file.", "", "Give a text file with the name of one environment a line; pilotage list environments shows them.").ToString());
                continue;
            }
            var named = 0;
            foreach (var (line, number) in File.ReadLines(path).Select((line, i) => (line.Split('#')[0].Trim(), i + 1)))
            {
                if (line.Length == 0) continue;
                named++;
                try
                {
                    var task = ControlTask.Find(line, learner);
                    if (!tasks.Exists(other => other.Name == task.Name)) tasks.Add(task);
                }
                catch (UserMistakeException mistake)
                {
                    problems.AddRange(mistake.Problems.Select(problem => $"{problem}\n         {path}, line {number}."));
                }
            }
            if (named == 0) problems.Add(new Mistake("PIL1871", $"{path} names no environment.", "", "Write the name of one environment a line, for example CartPole-v1; pilotage list environments shows them.").ToString());
        }
        UserMistakeException.ThrowIfAny([.. problems]);
        return tasks;
    }
}
