using System.Globalization;
using System.Text;
using Pilotage.Evaluation.Reports.Plots;

namespace Pilotage.Systems.Language.Rover;

/// <summary>Plans on a user's tree exactly: what to choose first, and what several policies are worth.</summary>
internal static class TreeApplication
{
    private const string Table = "values.csv";
    private static readonly string[] Columns = ["policy", "expected reward", "bound", "chooses first"];

    /// <summary>Whether the inputs are trees: all have names that end in <c>.csv</c>.</summary>
    /// <param name="inputs">As the user gave them.</param>
    public static bool Takes(IReadOnlyList<string> inputs) => inputs.All(path => path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads the tree, plans and writes the values of every state.</summary>
    /// <param name="request">Files, settings and folder.</param>
    /// <param name="cancellation">Looked at before the values are written.</param>
    /// <exception cref="UserMistakeException">The files cannot be used, or the ends pay more than two different rewards and that was not allowed.</exception>
    public static ApplyReport Run(ApplyRequest request, CancellationToken cancellation)
    {
        var config = (RoverConfig)request.Settings;
        UserMistakeException.ThrowIfAny([.. config.Problems()]);
        var file = TreeFile.Read(request.Inputs);
        var isBinary = file.Rewards.Count(reward => reward > 0) <= 1;
        if (!isBinary && !config.AllowNonbinary)
        {
            var rewards = string.Join(", ", file.Rewards.Take(6).Select(reward => reward.ToString(CultureInfo.InvariantCulture))) + (file.Rewards.Count > 6 ? ", …" : "");
            throw new UserMistakeException(new Mistake("PIL1875", $"The ends pay {rewards}: more than 0 and one reward of success.", string.Join(", ", request.Inputs),
                "Greedy choices by the value of random choices may then be wrong. Pay 1 for success and 0 for all else, or set allowNonbinary=true to plan all the same.").ToString());
        }
        var root = TreeNode.Of(file);
        var (names, path) = (Names(file), RandomPolicyPlanner.GreedyPath(root));
        var (greedy, success) = (RandomPolicyPlanner.GreedyValue(root), file.Rewards[^1]);
        var rows = new List<IReadOnlyList<string>>
        {
            new[] { "greedy", Number(greedy), isBinary && success > 0 ? Number(root.BestValue) : "", names[path[0]] },
        };
        foreach (var temperature in config.PlannerTemperatures)
        {
            var first = RandomPolicyPlanner.Softmax(root, temperature);
            rows.Add([FormattableString.Invariant($"softmax, temperature {temperature}"), Number(RandomPolicyPlanner.SoftmaxValue(root, temperature)), isBinary && success > 0 ? Number(RandomPolicyPlanner.Bound(root, temperature, success)) : "",
                string.Join(", ", first.Select((probability, choice) => (probability, choice)).OrderByDescending(pair => pair.probability).Take(3).Select(pair => FormattableString.Invariant($"{names[pair.choice]} {pair.probability:P0}")))]);
        }
        rows.Add(["random", Number(root.UniformValue), "", "any"]);
        cancellation.ThrowIfCancellationRequested();
        Write(Path.Combine(request.OutputFolder, Table), file, root);
        return new(Headline(file, path, greedy, root, success), Columns, rows, Notes(file, root, greedy, isBinary), [Table]) { Plots = Plots(root, names, config, success, isBinary) };
    }

    private static string Headline(TreeFile file, IReadOnlyList<int> path, double greedy, TreeNode root, double success)
    {
        if (success == 0) return "No way succeeds, so every choice is as good as any other.";
        var place = file.Root;
        var words = new List<string>();
        foreach (var choice in path)
        {
            words.Add(place.Choices.GetAt(choice).Key);
            place = file.Next(place, choice);
        }
        return FormattableString.Invariant($"Choose {string.Join(' ', words)}: it pays {greedy:0.###}, the best of all ways {root.BestValue:0.###}, random choices {root.UniformValue:0.####}.");
    }

    private static IReadOnlyList<string> Notes(TreeFile file, TreeNode root, double greedy, bool isBinary) =>
    [
        FormattableString.Invariant($"{file.Ends} ways to an end, {root.Children.Count} first choices. Every value is exact."),
        isBinary ? "Ends pay 0 or one reward: greedy choices are optimal (theorem 3.1), and softmax choices are worth at least their bound (theorem 3.2)."
            : FormattableString.Invariant($"Ends pay several rewards, so nothing is promised: greedy choices lose {root.BestValue - greedy:0.###} of the best here."),
        "The bound counts, at every state where some choices cannot succeed any more, how likely a softmax policy is to take one of them.",
    ];

    private static IReadOnlyList<Plot> Plots(TreeNode root, IReadOnlyList<string> names, RoverConfig config, double success, bool isBinary)
    {
        double[] sorted = [.. config.PlannerTemperatures.Order()];
        var softmax = new LineSeries("softmax", sorted, [.. sorted.Select(temperature => RandomPolicyPlanner.SoftmaxValue(root, temperature))]);
        LineSeries[] bound = isBinary && success > 0 ? [new("bound", sorted, [.. sorted.Select(temperature => RandomPolicyPlanner.Bound(root, temperature, success))])] : [];
        return
        [
            new BarPlot("first-choices", "What random choices make of each first choice", new("expected reward"), names, [new("random choices behind it", [.. root.Children.Select(child => child.UniformValue)])]),
            new LinePlot("temperatures", "Softmax choices by temperature", new("temperature"), new("expected reward"), [softmax, .. bound]) { Levels = [("best", root.BestValue), ("random", root.UniformValue)] },
        ];
    }

    private static IReadOnlyList<string> Names(TreeFile file) => [.. file.Root.Choices.Keys];

    private static void Write(string path, TreeFile file, TreeNode root)
    {
        var table = new StringBuilder("path,choice,random_value,best_value\n");
        Visit(file.Root, root, "");
        File.WriteAllText(path, table.ToString());

        void Visit(TreeFile.Place place, TreeNode node, string before)
        {
            for (var choice = 0; choice < node.Children.Count; choice++)
            {
                var (name, next) = (place.Choices.GetAt(choice).Key, node.Children[choice]);
                table.Append(CultureInfo.InvariantCulture, $"{before},{name},{next.UniformValue:0.##########},{next.BestValue:0.##########}\n");
                Visit(file.Next(place, choice), next, before.Length == 0 ? name : $"{before} {name}");
            }
        }
    }

    private static string Number(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);
}
