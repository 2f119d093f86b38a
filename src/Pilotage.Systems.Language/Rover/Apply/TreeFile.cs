using System.Globalization;

namespace Pilotage.Systems.Language.Rover;

/// <summary>A user's tree: a CSV file with the header <c>path,reward</c> and one line for every end, its choices' names with spaces between them.</summary>
internal sealed class TreeFile : ITreeEnvironment<TreeFile.Place>
{
    private const int ShownProblems = 20;
    private readonly Place _root = new();

    /// <summary>A state: what was chosen before, by name.</summary>
    internal sealed class Place
    {
        /// <summary>Choices by name, in the file's order.</summary>
        public OrderedDictionary<string, Place> Choices { get; } = [];

        /// <summary>What it pays, where it is an end.</summary>
        public double? Reward { get; set; }
    }

    /// <inheritdoc/>
    public Place Root => _root;

    /// <summary>What the ends pay, each number once, ascending.</summary>
    public IReadOnlyList<double> Rewards { get; private set; } = [];

    /// <summary>Ends.</summary>
    public int Ends { get; private set; }

    /// <inheritdoc/>
    public int Choices(Place state) => state.Choices.Count;

    /// <inheritdoc/>
    public Place Next(Place state, int choice) => state.Choices.GetAt(choice).Value;

    /// <inheritdoc/>
    public double Reward(Place state) => state.Reward!.Value;

    /// <summary>Reads the files into one tree.</summary>
    /// <param name="paths">As the user gave them.</param>
    /// <exception cref="UserMistakeException">Anything is wrong; holds all problems, the first twenty of a file.</exception>
    public static TreeFile Read(IReadOnlyList<string> paths)
    {
        var (tree, problems, rewards) = (new TreeFile(), new List<string>(), new SortedSet<double>());
        foreach (var path in paths)
        {
            var own = new List<string>();
            var (number, read) = (0, 0);
            foreach (var line in File.ReadLines(path))
            {
                number++;
                if (number == 1 && !string.Equals(line.Trim(), "path,reward", StringComparison.OrdinalIgnoreCase))
                    own.Add(Problem($"The header is \"{line.Trim()}\".", path, number, "Begin the file with the line path,reward."));
                if (number == 1 || line.Trim().Length == 0) continue;
                read++;
                if (tree.Add(line) is { } problem) own.Add(Problem(problem.What, path, number, problem.Cure));
            }
            if (read == 0 && own.Count == 0) own.Add(Problem("The file names no end.", path, number, "Write one line for every way to an end, for example A C D,1."));
            problems.AddRange(own.Count <= ShownProblems ? own : [.. own.Take(ShownProblems), $"{path}: {own.Count - ShownProblems} further problems."]);
        }
        UserMistakeException.ThrowIfAny(problems);
        tree.Collect(tree._root, rewards);
        tree.Rewards = [.. rewards];
        return tree;
    }

    private (string What, string Cure)? Add(string line)
    {
        var comma = line.LastIndexOf(',');
        var names = (comma < 0 ? "" : line[..comma]).Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (names.Length == 0) return ($"\"{line.Trim()}\" has no path.", "Write the choices with spaces between them, a comma and the reward: A C D,1.");
        if (!double.TryParse(line.AsSpan(comma + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out var reward) || !double.IsFinite(reward) || reward < 0)
            return ($"\"{line[(comma + 1)..].Trim()}\" is no reward.", "Give a number of at least 0; a success pays more than 0.");
        var place = _root;
        foreach (var name in names)
        {
            if (place.Reward is not null) return ($"{string.Join(' ', names)} goes on behind an end.", "No way may be the beginning of another.");
            if (!place.Choices.TryGetValue(name, out var next)) place.Choices.Add(name, next = new());
            place = next;
        }
        if (place.Reward is not null) return ($"{string.Join(' ', names)} stands there twice.", "Name each way once.");
        if (place.Choices.Count > 0) return ($"{string.Join(' ', names)} is the beginning of another way.", "No way may be the beginning of another.");
        place.Reward = reward;
        Ends++;
        return null;
    }

    private void Collect(Place place, SortedSet<double> rewards)
    {
        if (place.Reward is { } reward) rewards.Add(reward);
        foreach (var next in place.Choices.Values) Collect(next, rewards);
    }

    private static string Problem(string what, string path, int line, string cure) => new Mistake("PIL1874", what, $"{path}, line {line}", cure).ToString();
}
