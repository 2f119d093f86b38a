using System.Globalization;

namespace Pilotage.Systems.Governance.DelayedRepression;

/// <summary>A small CSV file with a header, read with the line and column of everything that is wrong.</summary>
/// <param name="path">As the user gave it.</param>
internal sealed class CsvTable(string path)
{
    private readonly string[] _lines = File.ReadAllLines(path);

    /// <summary>The file as the user named it.</summary>
    public string Path => path;

    /// <summary>Names of the columns.</summary>
    public IReadOnlyList<string> Header => _lines.Length == 0 ? [] : [.. _lines[0].Split(',').Select(name => name.Trim())];

    /// <summary>What was wrong so far, one message each.</summary>
    public List<string> Problems { get; } = [];

    /// <summary>Place of a column.</summary>
    /// <param name="name">Case does not count.</param>
    /// <param name="isRequired">Whether its absence is a problem.</param>
    /// <returns>-1 if it is not there.</returns>
    public int Column(string name, bool isRequired)
    {
        var place = Header.ToList().FindIndex(column => string.Equals(column, name, StringComparison.OrdinalIgnoreCase));
        if (place < 0 && isRequired) Problems.Add($"{path}, line 1: there is no column '{name}' among {(Header.Count == 0 ? "none" : string.Join(", ", Header))}. Name the columns in the first line.");
        return place;
    }

    /// <summary>The lines below the header that are not empty, with as many fields as it has; others are problems.</summary>
    public IEnumerable<(int Line, string[] Fields)> Rows()
    {
        for (var i = 1; i < _lines.Length; i++)
        {
            if (_lines[i].AsSpan().Trim().IsEmpty) continue;
            var fields = _lines[i].Split(',');
            if (fields.Length == Header.Count) yield return (i + 1, fields);
            else Problems.Add($"{path}, line {i + 1}: {fields.Length} field(s) where the header has {Header.Count}. Complete or remove the line.");
        }
    }

    /// <summary>A number, or a problem and 0.</summary>
    /// <param name="line">Number of the line, from 1.</param>
    /// <param name="fields">Its fields.</param>
    /// <param name="column">Place of the column.</param>
    public double Number(int line, string[] fields, int column)
    {
        if (double.TryParse(fields[column], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)) return value;
        Problems.Add($"{path}, line {line}, column '{Header[column]}': '{fields[column].Trim()}' is not a finite number. Write it with a point, for example 0.72.");
        return 0;
    }
}
