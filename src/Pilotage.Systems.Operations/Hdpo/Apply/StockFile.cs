using System.Globalization;

namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>What is in stock and on the way now, in a CSV file: series,on_hand and, for each period until it arrives, arriving_1, arriving_2, …</summary>
internal static class StockFile
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">A CSV file with a header.</param>
    /// <param name="names">The series that must be there.</param>
    /// <param name="width">Numbers of a state; what arrives later has no place.</param>
    /// <returns>[series, width], in units.</returns>
    /// <exception cref="UserMistakeException">The file cannot be used; holds all problems with line and column.</exception>
    public static float[] Read(string path, IReadOnlyList<string> names, int width)
    {
        if (!File.Exists(path)) throw new UserMistakeException($"There is no file {path}. Give the path of a CSV file with the columns series,on_hand,arriving_1, …");
        var lines = File.ReadAllLines(path);
        var header = lines.Length == 0 ? [] : Array.ConvertAll(lines[0].TrimStart('\uFEFF').Split(','), field => field.Trim().Trim('"').ToLowerInvariant());
        var (series, places) = (Array.IndexOf(header, "series"), new int[header.Length]);
        var problems = new List<string>();
        for (var c = 0; c < header.Length; c++)
        {
            places[c] = header[c] == "on_hand" ? 0 : header[c].StartsWith("arriving_", StringComparison.Ordinal) && int.TryParse(header[c]["arriving_".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var slot) && slot > 0 ? slot : -1;
            if (places[c] >= width) problems.Add($"{path}, line 1, column {c + 1}: '{header[c]}' is later than the lead time lets anything arrive; the last is arriving_{width - 1}. Raise apply.leadTime, or remove the column.");
        }
        if (series < 0 || !places.Contains(0)) problems.Add($"{path}, line 1: no column 'series' or no column 'on_hand' among '{string.Join(",", header)}'. The file needs both.");
        UserMistakeException.ThrowIfAny(problems);

        var (state, seen) = (new float[names.Count * width], new HashSet<string>());
        for (var i = 1; i < lines.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i])) continue;
            var fields = lines[i].Split(',');
            var name = series < fields.Length ? fields[series].Trim().Trim('"') : "";
            var row = names.ToList().IndexOf(name);
            if (fields.Length < header.Length) problems.Add($"{path}, line {i + 1}: {fields.Length} field(s) where the header has {header.Length}. Complete or remove the line.");
            else if (row < 0) problems.Add($"{path}, line {i + 1}, column {series + 1}: there is no demand of a series '{name}'. Remove the line, or add its demand.");
            else if (!seen.Add(name)) problems.Add($"{path}, line {i + 1}: series '{name}' stands here twice. Keep one line.");
            else
                for (var c = 0; c < header.Length; c++)
                {
                    if (places[c] < 0) continue;
                    if (!float.TryParse(fields[c], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !float.IsFinite(value) || (value < 0 && places[c] > 0))
                        problems.Add($"{path}, line {i + 1}, column {c + 1}: '{fields[c].Trim()}' is not a number{(places[c] > 0 ? " of at least 0" : "")}. Give units.");
                    else state[row * width + places[c]] += value;
                }
        }
        foreach (var name in names.Where(name => !seen.Contains(name))) problems.Add($"{path}: there is no line for series '{name}'. Add it.");
        UserMistakeException.ThrowIfAny(problems);
        return state;
    }
}
