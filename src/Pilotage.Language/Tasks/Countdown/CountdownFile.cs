using System.Globalization;

namespace Pilotage.Language.Tasks.Countdown;

/// <summary>Puzzles in a CSV file with the columns index, numbers (spaces between them) and target.</summary>
public static class CountdownFile
{
    /// <summary>What a model that reads English is asked by default.</summary>
    public const string EnglishPrompt = "Using the numbers {numbers}, write an expression that equals {target}. Use every number exactly once, and only + - * / and parentheses. Put the expression between <answer> and </answer>.\n";

    /// <summary>Reads the puzzles as problems that <see cref="CountdownTask.Verify"/> and the verifier "countdown" judge.</summary>
    /// <param name="path">The file.</param>
    /// <param name="prompt">What the model reads; <c>{numbers}</c> and <c>{target}</c> stand for the puzzle's. <c>nums {numbers} to {target} :</c> is that of <see cref="CountdownTask"/>.</param>
    /// <returns>One for each row, in order; the difficulty is how many numbers it has.</returns>
    /// <exception cref="UserMistakeException">The file cannot be read, or rows of it are no puzzles (PIL1830).</exception>
    public static IReadOnlyList<TextProblem> Read(string path, string prompt = EnglishPrompt)
    {
        string[] rows;
        try
        {
            rows = File.ReadAllLines(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UserMistakeException(new Mistake("PIL1830", $"{path} cannot be read: {problem.Message}", "", "Give a CSV file with the columns index,numbers,target.").ToString());
        }
        var name = Path.GetFileName(path);
        List<string> mistakes = [];
        List<TextProblem> problems = [];
        for (var i = 1; i < rows.Length && mistakes.Count < 20; i++)
        {
            var cells = rows[i].Split(',');
            if (cells.Length == 3 && CountdownPuzzle.TryParse($"{cells[1]} to {cells[2]}") is { } puzzle)
            {
                var text = prompt.Replace("{numbers}", string.Join(' ', puzzle.Numbers), StringComparison.Ordinal).Replace("{target}", puzzle.Target.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
                problems.Add(new($"{name}:{i + 1}", text, puzzle.ToString(), puzzle.Numbers.Count));
            }
            else
            {
                mistakes.Add(new Mistake("PIL1830", $"\"{rows[i]}\" is no puzzle; wanted such as 0,79 17 60,36.", $"{name}, line {i + 1}", "").ToString());
            }
        }
        if (problems.Count == 0 && mistakes.Count == 0) mistakes.Add(new Mistake("PIL1830", $"{name} holds no puzzle.", "", "Give a CSV file with the columns index,numbers,target.").ToString());
        UserMistakeException.ThrowIfAny(mistakes);
        return problems;
    }
}
