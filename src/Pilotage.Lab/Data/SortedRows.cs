using System.Text;

namespace Pilotage.Lab.Data;

/// <summary>Replaces the header of a CSV file and sorts its rows by their text, which for ISO time stamps is by time.</summary>
/// <param name="Header">The new first line.</param>
public sealed record SortedRows(string Header) : IDerivation
{
    /// <inheritdoc/>
    public string Text => "rows sorted, header renamed";

    /// <inheritdoc/>
    public byte[] Apply(byte[] original)
    {
        var rows = Encoding.UTF8.GetString(original).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[1..];
        Array.Sort(rows, StringComparer.Ordinal);
        var kept = new StringBuilder(original.Length + Header.Length).Append(Header).Append('\n');
        foreach (var row in rows) kept.Append(row).Append('\n');
        return Encoding.UTF8.GetBytes(kept.ToString());
    }
}
