using System.Globalization;

namespace Pilotage.Language.Tasks.Countdown;

/// <summary>Numbers that are to be joined by + - * /, each exactly once, to give the target.</summary>
/// <param name="Numbers">At least one.</param>
/// <param name="Target">What the expression must be worth, exactly.</param>
public sealed record CountdownPuzzle(IReadOnlyList<int> Numbers, int Target)
{
    /// <summary>Reads the form that <see cref="ToString"/> writes.</summary>
    /// <param name="text">Numbers with spaces, "to", the target: <c>3 5 2 to 16</c>.</param>
    /// <returns>The puzzle, or <see langword="null"/> if the text is not of that form.</returns>
    public static CountdownPuzzle? TryParse(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 3 || words[^2] != "to" || !TryWhole(words[^1], out var target)) return null;
        var numbers = new int[words.Length - 2];
        for (var i = 0; i < numbers.Length; i++)
        {
            if (!TryWhole(words[i], out numbers[i])) return null;
        }
        return new(numbers, target);
    }

    /// <summary>Whether a text is a solution.</summary>
    /// <param name="response">Reverse Polish (<c>3 5 + 2 *</c>) or infix (<c>(3+5)*2</c>), and nothing else.</param>
    /// <returns>Whether every number is used exactly once and the exact value is the target; fractions and negative numbers on the way are allowed.</returns>
    public bool IsSolvedBy(string response) => Expression.Parse(response)?.Solves(this) == true;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{string.Join(' ', Numbers)} to {Target}");

    private static bool TryWhole(string word, out int number) => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
