using Pilotage.Systems;

namespace Pilotage.Cli;

/// <summary>The <c>report.json</c> of an application to a user's own problem.</summary>
internal static class ApplyJson
{
    private const string Schema = "pilotage-apply/1";

    public static string Write(string system, ApplyReport report)
    {
        using var text = new StringWriter();
        Json.Write(text, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("schema", Schema);
            writer.WriteString("system", system);
            writer.WriteString("headline", report.Headline);
            Texts("columns", report.Columns);
            writer.WriteStartArray("rows");
            foreach (var row in report.Rows)
            {
                writer.WriteStartArray();
                foreach (var cell in row) writer.WriteStringValue(cell);
                writer.WriteEndArray();
            }
            writer.WriteEndArray();
            Texts("notes", report.Notes);
            Texts("files", report.Files);
            writer.WriteEndObject();

            void Texts(string name, IReadOnlyList<string> values)
            {
                writer.WriteStartArray(name);
                foreach (var value in values) writer.WriteStringValue(value);
                writer.WriteEndArray();
            }
        });
        return text.ToString();
    }
}
