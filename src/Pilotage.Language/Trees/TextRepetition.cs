namespace Pilotage.Language.Trees;

/// <summary>Finds texts that go round in circles.</summary>
internal static class TextRepetition
{
    /// <summary>Whether some run of so many characters occurs so many times, overlaps included.</summary>
    /// <param name="text">Any.</param>
    /// <param name="length">Of the run, at least 1.</param>
    /// <param name="times">At least 1.</param>
    public static bool Occurs(string text, int length, int times)
    {
        if (text.Length - length + 1 < times) return false;
        var counts = new Dictionary<string, int>(text.Length).GetAlternateLookup<ReadOnlySpan<char>>();
        for (var start = 0; start <= text.Length - length; start++)
        {
            var run = text.AsSpan(start, length);
            counts.TryGetValue(run, out var count);
            if (count + 1 >= times) return true;
            counts[run] = count + 1;
        }
        return false;
    }
}
