namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>The tables that contestants can form.</summary>
internal static class Tables
{
    /// <summary>All choices of some of many.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="seats">How many sit at a table.</param>
    /// <returns>Ascending lists.</returns>
    public static IReadOnlyList<int[]> Of(int count, int seats)
    {
        var tables = new List<int[]>();
        Extend([], 0);
        return tables;

        void Extend(List<int> begun, int next)
        {
            if (begun.Count == seats)
            {
                tables.Add([.. begun]);
                return;
            }
            for (var i = next; i <= count - (seats - begun.Count); i++)
            {
                begun.Add(i);
                Extend(begun, i + 1);
                begun.RemoveAt(begun.Count - 1);
            }
        }
    }
}
