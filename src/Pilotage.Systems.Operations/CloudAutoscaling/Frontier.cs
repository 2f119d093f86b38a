namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>The points that no other beats in both of two costs (Pareto).</summary>
internal static class Frontier
{
    /// <summary>The frontier of some points.</summary>
    /// <param name="points">Both coordinates: lower is better.</param>
    /// <returns>Ascending in x, descending in y.</returns>
    public static IReadOnlyList<(double X, double Y)> Of(IEnumerable<(double X, double Y)> points)
    {
        var front = new List<(double X, double Y)>();
        foreach (var point in points.OrderBy(p => p.X).ThenBy(p => p.Y))
            if (front.Count == 0 || point.Y < front[^1].Y) front.Add(point);
        return front;
    }
}
