namespace Pilotage.Settings;

/// <summary>Finds the known name that a user most likely meant. A guess for a message, never a silent correction.</summary>
public static class NearestName
{
    /// <summary>The known name nearest to what was typed.</summary>
    /// <param name="given">What the user typed; case does not count.</param>
    /// <param name="known">The names that exist, in any order.</param>
    /// <returns>
    /// The name with the fewest edits (insert, delete, replace, swap of neighbours; the first of equals), if they are at most two or two fifths of what
    /// was typed, whichever is more; otherwise the first name that begins with it, from three letters on; otherwise <see langword="null"/>.
    /// </returns>
    public static string? Suggest(string given, IEnumerable<string> known)
    {
        string? nearest = null, completion = null;
        // A short word has a neighbour by chance at more edits than it has letters; two fifths lets "cartpole" find "CartPole-v1".
        var allowed = Math.Min(Math.Max(2, given.Length * 2 / 5), Math.Max(0, given.Length - 1));
        var best = allowed + 1;
        foreach (var name in known)
        {
            var edits = Distance(given, name);
            if (edits < best) (best, nearest) = (edits, name);
            if (given.Length >= 3 && name.StartsWith(given, StringComparison.OrdinalIgnoreCase)) completion ??= name;
        }
        return nearest ?? completion;
    }

    /// <summary>Optimal string alignment distance; each piece is edited at most once.</summary>
    internal static int Distance(string left, string right)
    {
        var previous = new int[right.Length + 1];
        var current = new int[right.Length + 1];
        var beforePrevious = new int[right.Length + 1];
        for (var j = 0; j <= right.Length; j++) previous[j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replace = previous[j - 1] + (Same(left[i - 1], right[j - 1]) ? 0 : 1);
                current[j] = Math.Min(replace, 1 + Math.Min(previous[j], current[j - 1]));
                if (i > 1 && j > 1 && Same(left[i - 1], right[j - 2]) && Same(left[i - 2], right[j - 1]))
                {
                    current[j] = Math.Min(current[j], beforePrevious[j - 2] + 1);
                }
            }
            (beforePrevious, previous, current) = (previous, current, beforePrevious);
        }
        return previous[right.Length];
    }

    private static bool Same(char left, char right) => char.ToUpperInvariant(left) == char.ToUpperInvariant(right);
}
