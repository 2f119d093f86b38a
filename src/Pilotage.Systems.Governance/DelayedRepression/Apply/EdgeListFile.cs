namespace Pilotage.Systems.Governance.DelayedRepression;

/// <summary>Reads who influences whom: CSV src,dst and maybe weight, one directed edge to a line.</summary>
internal static class EdgeListFile
{
    private const double BridgeShare = 0.12;

    /// <summary>Reads a graph; its bridges are the agents with the largest betweenness, as in a modular graph.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The graph; agents in the order in which they appear.</returns>
    /// <exception cref="UserMistakeException">The file cannot be used; holds all problems.</exception>
    public static SocialGraph Read(string path)
    {
        var table = new CsvTable(path);
        var (from, to, weight) = (table.Column("src", isRequired: true), table.Column("dst", isRequired: true), table.Column("weight", isRequired: false));
        UserMistakeException.ThrowIfAny(table.Problems);
        var (names, places, edges, seen) = (new List<string>(), new Dictionary<string, int>(StringComparer.Ordinal), new List<(int, int, float)>(), new HashSet<(int, int)>());
        foreach (var (line, fields) in table.Rows())
        {
            var (a, b) = (fields[from].Trim(), fields[to].Trim());
            var strength = weight < 0 ? 1 : table.Number(line, fields, weight);
            if (strength < 0) table.Problems.Add(FormattableString.Invariant($"{path}, line {line}, column 'weight': {strength} is below 0. Influence is at least 0; usual 0.5-1.6."));
            if (a.Length == 0 || b.Length == 0) table.Problems.Add($"{path}, line {line}: an agent without a name. Name both ends of the edge.");
            else if (a == b) table.Problems.Add($"{path}, line {line}: '{a}' influences itself. Remove the line.");
            else if (!seen.Add((Place(a), Place(b)))) table.Problems.Add($"{path}, line {line}: the edge from '{a}' to '{b}' is there twice. Add their weights in one line.");
            else edges.Add((Place(a), Place(b), (float)strength));
        }
        if (edges.Count == 0 && table.Problems.Count == 0) table.Problems.Add($"{path} has no edge. Give one line for each: src,dst,weight.");
        UserMistakeException.ThrowIfAny(table.Problems);
        var pairs = edges.Select(edge => (Math.Min(edge.Item1, edge.Item2), Math.Max(edge.Item1, edge.Item2))).Distinct();
        return new(names, edges, GraphGenerator.Top(Betweenness.Of(GraphGenerator.Neighbours(names.Count, pairs)), BridgeShare));

        int Place(string name)
        {
            if (places.TryGetValue(name, out var place)) return place;
            names.Add(name);
            return places[name] = names.Count - 1;
        }
    }
}
