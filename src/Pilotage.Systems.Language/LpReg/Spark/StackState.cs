namespace Pilotage.Systems.Language.LpReg.Spark;

/// <summary>A stack machine in the middle of an expression in reverse Polish notation, on exact fractions. Immutable.</summary>
internal sealed class StackState
{
    private readonly (long Numerator, long Denominator)[] _stack;
    private readonly int[] _left;

    private StackState((long Numerator, long Denominator)[] stack, int[] left) => (_stack, _left) = (stack, left);

    /// <summary>Nothing written yet.</summary>
    /// <param name="numbers">Of the puzzle; each is to be used once.</param>
    public static StackState Begin(IReadOnlyList<int> numbers) => new([], [.. numbers.Order()]);

    /// <summary>The state after one more word.</summary>
    /// <param name="word">A number that is left, or one of + - * /.</param>
    /// <returns>The state; <see langword="null"/> if the word cannot stand here or divides by zero.</returns>
    public StackState? After(string word)
    {
        if (int.TryParse(word, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number))
        {
            var place = Array.IndexOf(_left, number);
            return place < 0 ? null : new([.. _stack, (number, 1)], [.. _left[..place], .. _left[(place + 1)..]]);
        }
        if (_stack.Length < 2 || word is not ("+" or "-" or "*" or "/")) return null;
        var ((a, b), (c, d)) = (_stack[^2], _stack[^1]);
        if (word == "/" && c == 0) return null;
        var (numerator, denominator) = word switch { "+" => (a * d + c * b, b * d), "-" => (a * d - c * b, b * d), "*" => (a * c, b * d), _ => (a * d, b * c) };
        return new([.. _stack[..^2], (numerator, denominator)], _left);
    }

    /// <summary>Whether all numbers are used and their one value is the target.</summary>
    public bool IsSolved(int target) => _left.Length == 0 && _stack is [var (numerator, denominator)] && numerator == target * denominator;

    /// <summary>Whether any continuation solves the puzzle: all are tried.</summary>
    public bool CanReach(int target) => IsSolved(target)
        || _left.Distinct().Select(number => number.ToString(System.Globalization.CultureInfo.InvariantCulture)).Concat(["+", "-", "*", "/"]).Any(word => After(word)?.CanReach(target) == true);
}
