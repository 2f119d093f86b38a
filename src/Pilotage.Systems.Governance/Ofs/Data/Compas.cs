using System.Globalization;
using System.Text;

namespace Pilotage.Systems.Governance.Ofs;

/// <summary>COMPAS, two years (ProPublica): people who were assessed before trial. A good outcome is no new offence in two years; accepted is released. Group A is Caucasian.</summary>
/// <remarks>Reads the columns that it needs by their names and no others: names and birth dates, which the original file has, are never touched.</remarks>
internal static class Compas
{
    /// <summary>Name of the file in its data folder.</summary>
    public const string FileName = "compas-two-years-deidentified.csv";

    private const string GroupA = "Caucasian", GroupB = "African-American";
    private static readonly string[] Features = ["age", "sex", "priors_count", "juv_fel_count", "juv_misd_count", "juv_other_count", "c_charge_degree"];
    private static readonly string[] Filters = ["days_b_screening_arrest", "is_recid", "score_text"];

    /// <summary>Reads the file, with ProPublica's filter, and keeps the two largest groups.</summary>
    /// <param name="path">Its path.</param>
    /// <returns>The people of both groups, and how many passed the filter in all groups.</returns>
    /// <exception cref="UserMistakeException">It cannot be used.</exception>
    public static (FeatureTable Table, int Filtered) Read(string path)
    {
        using var lines = File.ReadLines(path).GetEnumerator();
        var header = lines.MoveNext() ? Split(lines.Current) : [];
        int Place(string name) => header.IndexOf(name);
        var missing = Features.Concat(Filters).Append("race").Append("two_year_recid").Where(name => Place(name) < 0).ToList();
        if (missing.Count > 0) throw new UserMistakeException($"{path}, line 1: there is no column {string.Join(", ", missing)}. Give ProPublica's compas-scores-two-years.csv or the de-identified copy of it.");
        var (rows, goods, isA, filtered) = (new List<string[]>(), new List<bool>(), new List<bool>(), 0);
        while (lines.MoveNext())
        {
            var fields = Split(lines.Current);
            if (fields.Count != header.Count) continue;                          // a line that quotes a line feed: none in the known files
            if (!double.TryParse(fields[Place("days_b_screening_arrest")], CultureInfo.InvariantCulture, out var days) || Math.Abs(days) > 30) continue;
            if (fields[Place("is_recid")] == "-1" || fields[Place("c_charge_degree")] == "O" || fields[Place("score_text")] == "N/A") continue;
            filtered++;
            if (fields[Place("race")] is not (GroupA or GroupB)) continue;
            rows.Add([.. Features.Select(name => fields[Place(name)])]);
            goods.Add(fields[Place("two_year_recid")] == "0");
            isA.Add(fields[Place("race")] == GroupA);
        }
        return rows.Count > 0 ? (new(rows, goods, isA), filtered) : throw new UserMistakeException($"{path}: no line passes the filter. Get the file again.");
    }

    // Fields may be quoted, and quotes within them doubled.
    private static List<string> Split(string line)
    {
        var (fields, field, isQuoted) = (new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && isQuoted && i + 1 < line.Length && line[i + 1] == '"') field.Append(line[i++]);
            else if (line[i] == '"') isQuoted = !isQuoted;
            else if (line[i] == ',' && !isQuoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else field.Append(line[i]);
        }
        fields.Add(field.ToString());
        return fields;
    }
}
