namespace Pilotage.Systems.Governance.Ofs;

/// <summary>Reads a user's people: CSV with outcome, group, and a score or features.</summary>
internal static class PeopleFile
{
    private const int LeastPeople = 20;                  // of a group: rates of fewer say nothing

    /// <summary>Reads the people.</summary>
    /// <param name="path">The file.</param>
    /// <param name="seeds">Branch that divides them where a score must be fitted.</param>
    /// <returns>The applicants, and what was read in words.</returns>
    /// <exception cref="UserMistakeException">The file cannot be used; holds all problems.</exception>
    public static (Applicants Applicants, string Note) Read(string path, SeedTree seeds)
    {
        var table = new CsvTable(path);
        var (outcome, group, score) = (table.Column("outcome", isRequired: true), table.Column("group", isRequired: true), table.Column("score", isRequired: false));
        UserMistakeException.ThrowIfAny(table.Problems);
        int[] features = [.. Enumerable.Range(0, table.Header.Count).Where(column => column != outcome && column != group && column != score)];
        if (score < 0 && features.Length == 0) throw new UserMistakeException($"{path}, line 1: there is neither a column 'score' nor any feature to make one of. Give score,outcome,group.");
        var (rows, scores, goods, groups) = (new List<string[]>(), new List<double>(), new List<bool>(), new List<string>());
        foreach (var (line, fields) in table.Rows())
        {
            var result = fields[outcome].Trim();
            if (result is not ("0" or "1")) table.Problems.Add($"{path}, line {line}, column 'outcome': '{result}' is neither 0 (bad) nor 1 (good).");
            var value = score < 0 ? 0 : table.Number(line, fields, score);
            if (value is < 0 or > 1) table.Problems.Add(FormattableString.Invariant($"{path}, line {line}, column 'score': {value} is outside [0, 1]. Scale the scores, for example by their greatest."));
            rows.Add([.. features.Select(column => fields[column].Trim())]);
            scores.Add(value);
            goods.Add(result == "1");
            groups.Add(fields[group].Trim());
        }
        var names = groups.GroupBy(name => name).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).ToList();
        if (table.Problems.Count == 0)
        {
            if (names.Count != 2) table.Problems.Add($"{path}, column 'group': {names.Count} group(s): {string.Join(", ", names.Take(5).Select(g => $"'{g.Key}'"))}. Rates of exactly two are compared; join or leave out the others.");
            foreach (var few in names.Where(g => g.Count() < LeastPeople)) table.Problems.Add($"{path}, column 'group': '{few.Key}' has {few.Count()} people; at least {LeastPeople} are needed for a rate.");
            if (score >= 0 && scores.Distinct().Count() == 1) table.Problems.Add(FormattableString.Invariant($"{path}, column 'score': all scores are {scores[0]}. A threshold cannot tell people apart."));
        }
        ThrowShortened(path, table.Problems);
        bool[] isA = [.. groups.Select(name => name == names[0].Key)];
        var note = $"Read {rows.Count} people: {names[0].Count()} of group '{names[0].Key}' (A), {names[1].Count()} of '{names[1].Key}' (B); good outcomes {goods.Count(good => good)}.";
        if (score < 0) return (new FeatureTable(rows, goods, isA).Applicants("people", seeds), note + $" Scores are a logistic regression on {features.Length} column(s), fitted on one half of the people; the other half applies.");
        SampledGroup Group(bool wanted) => new(Enumerable.Range(0, rows.Count).Where(i => isA[i] == wanted).Select(i => (scores[i], goods[i] ? 1.0 : 0)));
        return (new("people", Group(true), Group(false), (double)isA.Count(a => a) / rows.Count), note);
    }

    private static void ThrowShortened(string path, List<string> problems)
    {
        const int shown = 20;
        if (problems.Count > shown) problems = [.. problems.Take(shown), $"{path}: {problems.Count - shown} more problem(s) of these kinds."];
        UserMistakeException.ThrowIfAny(problems);
    }
}
