using Pilotage.Environments;
using Pilotage.Lab.Comparisons;

namespace Pilotage.Cli;

/// <summary>Reads the rows of a comparison as users type them: <c>[name=]policy[,policy...]</c>.</summary>
/// <param name="Name">As it stands in the table; empty for the policy's own.</param>
/// <param name="Policies">Runs, folders, <c>heuristic</c> or <c>random</c>; several are training seeds of one method.</param>
internal sealed record PolicyRow(string Name, IReadOnlyList<string> Policies)
{
    /// <summary>Takes a row apart.</summary>
    public static PolicyRow Parse(string text)
    {
        // A path may hold an equals sign itself: then it is there.
        var end = Directory.Exists(text) ? -1 : text.IndexOf('=', StringComparison.Ordinal);
        return new(end > 0 ? text[..end] : "", text[(end + 1)..].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    /// <summary>The environment that all rows are for.</summary>
    /// <param name="rows">At least one.</param>
    /// <param name="given">As named on the command line; <see langword="null"/> to take the policies' own.</param>
    /// <param name="data">Folder of data sets as the user named it; <see langword="null"/> to look beside the checkout.</param>
    /// <returns>The environment.</returns>
    /// <exception cref="UserMistakeException">The rows are for different environments, or only rules are named.</exception>
    public static EnvironmentEntry EnvironmentOf(IReadOnlyList<PolicyRow> rows, string? given, string? data = null)
    {
        if (given is not null) return EnvironmentCatalog.Find(given, InstalledEnvironments.All(data));
        var made = rows.SelectMany(row => row.Policies).Select(policy => (Policy: policy, Environment: PolicyFinder.EnvironmentOf(policy))).Where(one => one.Environment is not null).ToList();
        if (made.Count == 0) throw Mistake("PIL0618", "Rules alone do not say where they act.", "Give --environment <name>.");
        if (made.FirstOrDefault(one => one.Environment != made[0].Environment) is { Policy: not null } other)
        {
            throw Mistake(
                "PIL0617", $"{made[0].Policy} is for {made[0].Environment}, {other.Policy} for {other.Environment}; policies of different environments have no common return.",
                "Compare policies of one environment, or name one that fits all with --environment.");
        }
        return EnvironmentCatalog.Find(made[0].Environment!, InstalledEnvironments.All(data));
    }

    /// <summary>Reads the row's policies.</summary>
    /// <exception cref="UserMistakeException">One of them is not there or cannot be used.</exception>
    public PolicyGroup Find(EnvironmentEntry environment)
    {
        var policies = Policies.Select(policy => PolicyFinder.Find(policy, environment)).ToList();
        if (policies.Count == 0) throw Mistake("PIL0610", $"The row \"{Name}\" names no policy.", "Write it as name=folder or name=folder1,folder2.");
        var name = Name.Length > 0 ? Name
            : policies.Count == 1 ? policies[0].Name
            : $"{policies[0].Source?.Algorithm ?? policies[0].Name} ({policies.Count} seeds)";
        return new(name, policies);
    }

    private static UserMistakeException Mistake(string code, string what, string advice) => new(new Mistake(code, what, "", advice).ToString());
}
