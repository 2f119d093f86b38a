namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>The orders of players round a table that no rotation turns into each other.</summary>
internal static class SeatOrders
{
    /// <summary>All cyclic orders.</summary>
    /// <param name="players">At least 2.</param>
    /// <returns>(players - 1)! permutations that begin with 0, the natural one first.</returns>
    public static int[][] Of(int players)
    {
        var orders = new List<int[]>();
        Extend([0], players, orders);
        return [.. orders];
    }

    private static void Extend(List<int> begun, int players, List<int[]> orders)
    {
        if (begun.Count == players) orders.Add([.. begun]);
        for (var next = 0; next < players; next++)
        {
            if (begun.Contains(next)) continue;
            begun.Add(next);
            Extend(begun, players, orders);
            begun.RemoveAt(begun.Count - 1);
        }
    }
}
