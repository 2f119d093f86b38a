using System.Text;
using System.Text.Json;

namespace Pilotage.Cli;

/// <summary>Writes one JSON document and a line feed to the output.</summary>
internal static class Json
{
    // Quotes and non-ASCII letters stay readable: the output is a file or a pipe, never part of an HTML page.
    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(TextWriter output, Action<Utf8JsonWriter> document)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, Readable)) document(writer);
        output.Write(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length));
        output.Write('\n');
    }
}
