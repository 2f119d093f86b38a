using System.Globalization;

namespace Pilotage.Language.Tasks.Countdown;

/// <summary>Exhaustive search over ways to join numbers without fractions or negative numbers on the way.</summary>
internal static class CountdownSolver
{
    private readonly record struct Part(long Value, string Text);

    /// <summary>What can be made of all the numbers.</summary>
    public static SortedSet<long> Reachable(IReadOnlyList<int> numbers)
    {
        SortedSet<long> values = [];
        Reach([.. numbers.Select(number => (long)number)], values);
        return values;
    }

    /// <summary>The different ways to make the target, in reverse Polish, the larger operand of each operation first.</summary>
    /// <remarks>Ways that differ only in the order of the operands of + and * come once.</remarks>
    public static IReadOnlyList<string> Solutions(IReadOnlyList<int> numbers, int target)
    {
        List<string> solutions = [];
        Solve([.. numbers.Select(number => new Part(number, number.ToString(CultureInfo.InvariantCulture)))], target, solutions, new(StringComparer.Ordinal));
        return solutions;
    }

    private static void Reach(long[] parts, SortedSet<long> values)
    {
        if (parts.Length == 1)
        {
            values.Add(parts[0]);
            return;
        }
        var joined = new long[parts.Length - 1];
        for (var i = 0; i < parts.Length; i++)
        {
            for (var j = i + 1; j < parts.Length; j++)
            {
                Without(parts, i, j, joined);
                foreach (var operation in "+-*/")
                {
                    if (Join(operation, Math.Max(parts[i], parts[j]), Math.Min(parts[i], parts[j])) is not { } value) continue;
                    joined[^1] = value;
                    Reach(joined, values);
                }
            }
        }
    }

    private static void Solve(Part[] parts, int target, List<string> solutions, HashSet<string> seen)
    {
        if (parts.Length == 1)
        {
            if (parts[0].Value == target && seen.Add(parts[0].Text)) solutions.Add(parts[0].Text);
            return;
        }
        var joined = new Part[parts.Length - 1];
        for (var i = 0; i < parts.Length; i++)
        {
            for (var j = i + 1; j < parts.Length; j++)
            {
                var (larger, smaller) = (parts[i], parts[j]);
                if (larger.Value < smaller.Value || larger.Value == smaller.Value && string.CompareOrdinal(larger.Text, smaller.Text) < 0) (larger, smaller) = (smaller, larger);
                Without(parts, i, j, joined);
                foreach (var operation in "+-*/")
                {
                    if (Join(operation, larger.Value, smaller.Value) is not { } value || parts.Length == 2 && value != target) continue;
                    joined[^1] = new(value, $"{larger.Text} {smaller.Text} {operation}");
                    Solve(joined, target, solutions, seen);
                }
            }
        }
    }

    private static long? Join(char operation, long larger, long smaller) => operation switch
    {
        '+' => larger + smaller,
        '-' => larger - smaller,
        '*' => larger * smaller,
        _ => smaller != 0 && larger % smaller == 0 ? larger / smaller : null,
    };

    private static void Without<T>(T[] parts, int i, int j, T[] rest)
    {
        var place = 0;
        for (var k = 0; k < parts.Length; k++)
        {
            if (k != i && k != j) rest[place++] = parts[k];
        }
    }
}
