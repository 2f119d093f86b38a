using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace Pilotage.Evaluation.Reports;

/// <summary>Reports as JSON and back. The same report gives the same text on every machine; numbers keep all their bits.</summary>
public static class ReportJson
{
    // Text beyond ASCII stays readable; what could end a script element is escaped, as HTML reports embed this text.
    private static readonly ReportContext Context = new(new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters =
        {
            new Words.Converter<Scale>(), new Words.Converter<ArmKind>(), new Words.Converter<Verdict>(), new Words.Converter<Replication>(),
        },
    });

    /// <summary>Writes a report.</summary>
    /// <param name="report">Its numbers are finite; what cannot be said is <see langword="null"/>.</param>
    /// <returns>Indented JSON that ends with a line break.</returns>
    public static string Write(StudyReport report) => JsonSerializer.Serialize(report, Context.StudyReport) + "\n";

    /// <summary>Reads a report.</summary>
    /// <param name="json">What <see cref="Write"/> gave.</param>
    /// <param name="where">The file's path, for messages.</param>
    /// <returns>The report.</returns>
    /// <exception cref="UserMistakeException">The text is not such a report, or one of another schema.</exception>
    public static StudyReport Read(string json, string where)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var schema = document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("schema", out var value) ? value.ToString() : "none";
            if (schema != StudyReport.CurrentSchema)
            {
                throw new UserMistakeException($"{where} has the schema '{schema}', this version reads '{StudyReport.CurrentSchema}'. Give a report.json that this version wrote, or run again.");
            }
            return document.Deserialize(Context.StudyReport)!;
        }
        catch (JsonException e)
        {
            throw new UserMistakeException($"{where} is not a report: {e.Message} Give a report.json as a run wrote it.");
        }
    }
}

[JsonSerializable(typeof(StudyReport))]
internal sealed partial class ReportContext : JsonSerializerContext;
