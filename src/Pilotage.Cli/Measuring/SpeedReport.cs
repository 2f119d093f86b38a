using System.Text.Json;
using Pilotage.Evaluation.Statistics;

namespace Pilotage.Cli.Measuring;

/// <summary>What <c>pilotage bench</c> found.</summary>
/// <param name="Name">The names that were asked for; <c>bench</c> for the short set.</param>
/// <param name="Machine">Where it was measured.</param>
/// <param name="Threads">Inside tensor operations, of both sides.</param>
/// <param name="SecondsPerRow">Of each side of a row.</param>
/// <param name="Rows">What was measured.</param>
internal sealed record SpeedReport(string Name, MeasuredMachine Machine, int Threads, double SecondsPerRow, IReadOnlyList<SpeedRow> Rows)
{
    /// <summary>Rows that were asked for.</summary>
    public required int Wanted { get; init; }

    /// <summary>What this machine lacks, and why.</summary>
    public IReadOnlyList<(string Group, string Case, string Reason)> LeftOut { get; init; } = [];

    /// <summary>Why nothing was compared, and what to do; empty where it was, or where no row has a counterpart.</summary>
    public string Advice { get; init; } = "";

    /// <summary>Whether every row was measured or left out; otherwise it was interrupted.</summary>
    public bool IsComplete => Rows.Count + LeftOut.Count == Wanted;

    /// <summary>Writes the document that scripts read.</summary>
    /// <param name="writer">Receives one object.</param>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("name", Name);
        writer.WriteString("machine", Machine.Description);
        writer.WriteNumber("vectorBits", Machine.Vectors);
        writer.WriteNumber("threads", Threads);
        writer.WriteNumber("secondsPerRow", SecondsPerRow);
        WriteNumber("loadAverage", Machine.Load);
        if (Machine.IsQuiet is { } isQuiet) writer.WriteBoolean("isQuiet", isQuiet);
        else writer.WriteNull("isQuiet");
        writer.WriteBoolean("isComplete", IsComplete);
        writer.WriteString("advice", Advice);
        writer.WriteStartArray("rows");
        foreach (var row in Rows) WriteRow(row);
        writer.WriteEndArray();
        writer.WriteStartArray("leftOut");
        foreach (var (group, name, reason) in LeftOut)
        {
            writer.WriteStartObject();
            writer.WriteString("group", group);
            writer.WriteString("case", name);
            writer.WriteString("reason", reason);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();

        void WriteRow(SpeedRow row)
        {
            writer.WriteStartObject();
            writer.WriteString("group", row.Group);
            writer.WriteString("case", row.Case);
            WriteEstimate("value", "low", "high", row.Value, row.Bounds);
            writer.WriteString("unit", row.Unit);
            writer.WriteNumber("repetitions", row.Repetitions);
            writer.WriteString("against", row.Against?.Name);
            WriteEstimate("ratio", "ratioLow", "ratioHigh", row.Against?.Value, row.Against?.Bounds);
            writer.WriteEndObject();
        }

        void WriteEstimate(string name, string lowName, string highName, double? value, Interval? bounds)
        {
            WriteNumber(name, value);
            WriteNumber(lowName, bounds?.Low);
            WriteNumber(highName, bounds?.High);
        }

        void WriteNumber(string name, double? number)
        {
            if (number is { } finite) writer.WriteNumber(name, finite);
            else writer.WriteNull(name);
        }
    }
}
