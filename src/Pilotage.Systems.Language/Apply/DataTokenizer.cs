using Pilotage.Language.Tasks;
using Pilotage.Language.Tokenizers;

namespace Pilotage.Systems.Language.Apply;

/// <summary>A tokenizer for the texts of a user's problems, where no model brings one.</summary>
internal static class DataTokenizer
{
    // Beyond these a small model does not see each token often enough to learn it.
    private const int MostWords = 1_000, MostCharacters = 1_000, UsesOfAWord = 5;

    /// <summary>Words where they are few and come often, characters otherwise.</summary>
    /// <param name="problems">All that there are: whatever is asked or answered must have tokens.</param>
    /// <returns>The tokenizer, and what it is in words.</returns>
    /// <exception cref="UserMistakeException">PIL1818: there are too many characters.</exception>
    public static (ITokenizer Tokenizer, string Note) Of(IEnumerable<TextProblem> problems)
    {
        string[] texts = [.. problems.SelectMany(problem => new[] { problem.Prompt, problem.Answer })];
        var words = texts.SelectMany(text => text.Split(' ')).CountBy(word => word, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        // A run of spaces gives an empty word: then spaces mean something, which words would lose.
        var isOfWords = !words.Keys.Any(word => word.Length == 0 || word.Any(char.IsWhiteSpace)) && words.Count <= MostWords && words.Values.Sum() >= (long)UsesOfAWord * words.Count;
        if (isOfWords) return (new WordTokenizer(words.Keys.Order(StringComparer.Ordinal)), $"the {words.Count} words of the data");
        char[] characters = [.. texts.SelectMany(text => text).Distinct().Order()];
        if (characters.Length > MostCharacters || characters.Any(char.IsSurrogate))
            throw new UserMistakeException(new Mistake("PIL1818", $"The data has {characters.Length} different characters{(characters.Any(char.IsSurrogate) ? ", some beyond U+FFFF" : "")}; a small model of ours can learn at most {MostCharacters} up to U+FFFF.", "",
                "Give a model with a vocabulary of its own: --set apply.model=FOLDER.").ToString());
        return (new CharacterTokenizer(new string(characters)), $"the {characters.Length} characters of the data");
    }
}
