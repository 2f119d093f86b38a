using System.Text.Json;
using Pilotage.Language.Generation;
using Pilotage.Language.Groups;
using Pilotage.Language.Tokenizers;

namespace Pilotage.Systems.Language.Rec;

/// <summary>Answers of another policy, of people or of a log, as JSON lines: prompt, response, reward, and maybe the log-probability of each token (logp) and the hash of the vocabulary they were drawn with (tokenizer).</summary>
internal static class LoggedAnswers
{
    private const string Advice = "A line is such as {\"prompt\": \"2+2=\", \"response\": \"4\", \"reward\": 1}; logp and tokenizer may be added.";

    /// <summary>Reads groups: lines with the same prompt are answers to one problem.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tokenizer">The model's.</param>
    /// <returns>Groups in the order of their first lines; version 0.</returns>
    /// <exception cref="UserMistakeException">PIL1879: all lines that cannot be used.</exception>
    public static IReadOnlyList<ResponseGroup> Read(string path, ITokenizer tokenizer)
    {
        var (answers, mistakes) = (new OrderedDictionary<string, List<GroupResponse>>(), new List<string>());
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserMistakeException(Mistake($"The logged answers cannot be read: {failure.Message.TrimEnd('.')}.", path, Advice));
        }
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Trim().Length == 0) continue;
            var where = FormattableString.Invariant($"{path}, line {i + 1}");
            try
            {
                var (prompt, answer) = Parse(lines[i], tokenizer);
                if (!answers.TryGetValue(prompt, out var group)) answers.Add(prompt, group = []);
                group.Add(answer);
            }
            catch (FormatException wrong)
            {
                mistakes.Add(Mistake(wrong.Message, where, Advice));
            }
        }
        if (answers.Count == 0 && mistakes.Count == 0) mistakes.Add(Mistake("The file holds no answers.", path, Advice));
        UserMistakeException.ThrowIfAny(mistakes);
        return [.. answers.Select((pair, number) => new ResponseGroup(new(FormattableString.Invariant($"logged/{number}"), pair.Key, ""), tokenizer.Encode(pair.Key), pair.Value, 0))];
    }

    private static (string Prompt, GroupResponse Answer) Parse(string line, ITokenizer tokenizer)
    {
        JsonElement root;
        try
        {
            using var document = JsonDocument.Parse(line);
            root = document.RootElement.Clone();
        }
        catch (JsonException wrong)
        {
            throw new FormatException($"The line is no JSON: {wrong.Message.Split(" LineNumber")[0]}", wrong);
        }
        if (root.ValueKind != JsonValueKind.Object) throw new FormatException("The line is no object.");
        var (prompt, response) = (Text(root, "prompt"), Text(root, "response"));
        if (!root.TryGetProperty("reward", out var given) || given.ValueKind != JsonValueKind.Number || !float.IsFinite((float)given.GetDouble())) throw new FormatException("The line has no finite number \"reward\".");
        if (root.TryGetProperty("tokenizer", out var hash) && hash.GetString() != tokenizer.Hash)
            throw new FormatException($"The answer was drawn with the vocabulary {Short(hash.GetString())}, the model has {Short(tokenizer.Hash)}: tokens and their log-probabilities mean something else.");
        int[] tokens;
        try
        {
            tokens = [.. tokenizer.Encode(response), tokenizer.EndToken];
            if (tokenizer.Encode(prompt).Length == 0) throw new FormatException("The prompt has no token.");
        }
        catch (ArgumentException unknown)
        {
            throw new FormatException($"The vocabulary cannot write the line: {unknown.Message}", unknown);
        }
        float[] logProbabilities = root.TryGetProperty("logp", out var logp) && logp.ValueKind == JsonValueKind.Array ? [.. logp.EnumerateArray().Select(value => value.GetSingle())] : [];
        if (logProbabilities.Length != 0 && logProbabilities.Length != tokens.Length)
            throw new FormatException(FormattableString.Invariant($"The answer has {tokens.Length} tokens, its end among them, and {logProbabilities.Length} log-probabilities."));
        return (prompt, new(tokens, logProbabilities, FinishReason.Ended, given.GetSingle()) { Text = response });
    }

    private static string Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : throw new FormatException($"The line has no text \"{name}\".");

    private static string Short(string? hash) => hash is { Length: > 8 } ? hash[..8] : hash ?? "none";

    private static string Mistake(string what, string where, string advice) => new Mistake("PIL1879", what, where, advice).ToString();
}
