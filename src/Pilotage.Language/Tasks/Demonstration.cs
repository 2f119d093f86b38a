using Pilotage.Language.Models;
using Pilotage.Language.Tokenizers;

namespace Pilotage.Language.Tasks;

/// <summary>A response to learn from by imitation.</summary>
/// <param name="Problem">What it answers.</param>
/// <param name="Response">The text, without the end token.</param>
/// <param name="IsCorrupted">Whether it is wrong on purpose.</param>
public sealed record Demonstration(TextProblem Problem, string Response, bool IsCorrupted)
{
    /// <summary>Demonstrates problems, a share of them wrongly.</summary>
    /// <param name="task">Whose problems they are.</param>
    /// <param name="problems">One demonstration each, in order; the same problem may come again.</param>
    /// <param name="corruptedShare">How probably each is wrong, in [0, 1].</param>
    /// <param name="seeds">Place i draws from its branch i.</param>
    /// <returns>The demonstrations.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The share is not in [0, 1].</exception>
    public static IReadOnlyList<Demonstration> Draw(IGeneratedTask task, IReadOnlyList<TextProblem> problems, double corruptedShare, SeedTree seeds)
    {
        if (!(corruptedShare is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(corruptedShare), corruptedShare, "Demonstration: wanted a share in [0, 1].");
        var shown = new Demonstration[problems.Count];
        for (var i = 0; i < shown.Length; i++)
        {
            var random = seeds.Branch(i).Start();
            var isCorrupted = random.NextDouble() < corruptedShare;
            shown[i] = new(problems[i], isCorrupted ? task.DemonstrateWrongly(problems[i], ref random) : task.Demonstrate(problems[i], ref random), isCorrupted);
        }
        return shown;
    }

    /// <summary>Its tokens.</summary>
    /// <param name="tokenizer">The task's.</param>
    /// <returns>The prompt, and the response with the end token.</returns>
    public TokenSequence Tokens(ITokenizer tokenizer) => new(tokenizer.Encode(Problem.Prompt), (int[])[.. tokenizer.Encode(Response), tokenizer.EndToken]);
}
