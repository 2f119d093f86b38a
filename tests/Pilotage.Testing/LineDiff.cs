using System.Text;

namespace Pilotage.Testing;

/// <summary>A difference of two texts line by line, from their longest common subsequence.</summary>
public static class LineDiff
{
    /// <summary>Marks each line: two blanks for both texts, <c>-</c> for the expected one alone, <c>+</c> for the actual one alone.</summary>
    /// <param name="expected">The committed text.</param>
    /// <param name="actual">The new text.</param>
    /// <returns>Lines ending in a line feed. Quadratic in the number of lines: meant for tables and messages.</returns>
    public static string Of(string expected, string actual)
    {
        var before = Lines(expected);
        var after = Lines(actual);
        var common = new int[before.Length + 1, after.Length + 1];                  // length of the longest common subsequence of the two tails
        for (var i = before.Length - 1; i >= 0; i--)
            for (var j = after.Length - 1; j >= 0; j--)
                common[i, j] = before[i] == after[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);

        var text = new StringBuilder();
        var (left, right) = (0, 0);
        while (left < before.Length || right < after.Length)
        {
            if (left < before.Length && right < after.Length && before[left] == after[right])
            {
                text.Append("  ").Append(before[left++]).Append('\n');
                right++;
            }
            else if (left < before.Length && (right == after.Length || common[left + 1, right] >= common[left, right + 1]))
            {
                text.Append("- ").Append(before[left++]).Append('\n');
            }
            else
            {
                text.Append("+ ").Append(after[right++]).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string[] Lines(string text) => text.Length == 0 ? [] : text.TrimEnd('\n').Split('\n');
}
