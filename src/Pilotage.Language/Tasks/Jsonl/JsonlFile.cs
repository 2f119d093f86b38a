using System.Text.Json;
using Pilotage.Language.Tasks.Verifiers;

namespace Pilotage.Language.Tasks.Jsonl;

/// <summary>Reads the lines of a file of problems; gathers all that is wrong with them.</summary>
internal sealed class JsonlFile(JsonlSettings settings)
{
    // More say no more.
    private const int MostProblems = 20;
    private static readonly Verifier Exact = Verifier.Find("exact")!;
    private static readonly Verifier Number = Verifier.Find("number")!;
    private readonly List<string> _problems = [];

    /// <exception cref="UserMistakeException">The file cannot be read, or lines of it are wrong (PIL1820 to PIL1824).</exception>
    public IReadOnlyList<JsonlLine> Read(string path)
    {
        string[] texts;
        try
        {
            texts = File.ReadAllLines(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UserMistakeException(new Mistake("PIL1820", $"{path} cannot be read: {problem.Message}", "", "Give a file of JSON objects, one a line.").ToString());
        }
        var name = Path.GetFileName(path);
        List<JsonlLine> lines = [];
        for (var i = 0; i < texts.Length && _problems.Count < MostProblems; i++)
        {
            if (!string.IsNullOrWhiteSpace(texts[i]) && Parse(texts[i], name, i + 1) is { } line) lines.Add(line);
        }
        if (_problems.Count == 0 && lines.Count == 0) _problems.Add(new Mistake("PIL1820", $"{name} holds no problem.", "", "Give a file of JSON objects, one a line.").ToString());
        UserMistakeException.ThrowIfAny(_problems);
        return lines;
    }

    private JsonlLine? Parse(string text, string file, int line)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind == JsonValueKind.Object) return Parse(document.RootElement, file, line);
            Say("PIL1821", $"The line is JSON of the kind {document.RootElement.ValueKind.ToString().ToLowerInvariant()}, not an object.", file, line, "Write such as {\"prompt\": \"2+2=\", \"answer\": \"4\"}.");
        }
        catch (JsonException problem)
        {
            var reason = problem.Message.Split(". LineNumber", 2)[0].TrimEnd('.');
            _problems.Add(new Mistake("PIL1821", $"The line is not JSON: {reason}.", $"{file}, line {line}, column {problem.BytePositionInLine + 1}", "One object a line, such as {\"prompt\": \"2+2=\", \"answer\": \"4\"}.").ToString());
        }
        return null;
    }

    private JsonlLine? Parse(JsonElement line, string file, int number)
    {
        // GSM8K calls the prompt a question, and writes the result behind ####.
        var prompt = Field(line, "prompt") ?? Field(line, "question");
        var answer = Field(line, "answer");
        var mark = answer?.LastIndexOf("####", StringComparison.Ordinal) ?? -1;
        if (mark >= 0) answer = answer![(mark + 4)..].Trim();
        var given = Field(line, "verifier");
        var verifier = given is null ? settings.Verifier ?? (mark >= 0 ? Number : Exact) : settings.Verifier?.Name == given ? settings.Verifier : Verifier.Find(given);
        var before = _problems.Count;
        if (string.IsNullOrWhiteSpace(prompt)) Say("PIL1822", "The prompt is missing or empty.", file, number, "Each line needs \"prompt\" (or \"question\"), a text.");
        if (string.IsNullOrWhiteSpace(answer)) Say("PIL1822", "The answer is missing or empty.", file, number, "Each line needs \"answer\": a text, a number or a truth value.");
        if (verifier is null) Say("PIL1823", $"There is no verifier \"{given}\".", file, number, Verifier.AdviceFor(given!));
        else if (!string.IsNullOrWhiteSpace(answer) && verifier.CheckAnswer(answer) is { } problem) Say("PIL1824", $"The answer \"{answer}\" {problem}, which the verifier {verifier.Name} needs.", file, number, "Mend the answer, or name another verifier.");
        if (_problems.Count > before) return null;
        var difficulty = line.TryGetProperty("difficulty", out var level) && level.ValueKind == JsonValueKind.Number && level.TryGetInt32(out var whole) ? whole : 0;
        return new(number, new($"{file}:{number}", settings.Template.Replace("{prompt}", prompt, StringComparison.Ordinal), answer!, difficulty), verifier!);
    }

    private static string? Field(JsonElement line, string name) => line.TryGetProperty(name, out var field) ? Text(field) : null;

    private static string? Text(JsonElement field) => field.ValueKind switch
    {
        JsonValueKind.String => field.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => field.GetRawText(),
        _ => null,
    };

    private void Say(string code, string what, string file, int line, string advice) => _problems.Add(new Mistake(code, what, $"{file}, line {line}", advice).ToString());
}
