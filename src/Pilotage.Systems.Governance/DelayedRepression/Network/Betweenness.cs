namespace Pilotage.Systems.Governance.DelayedRepression;

/// <summary>How many shortest paths lead through each agent (Brandes, Journal of Mathematical Sociology 25, 2001).</summary>
internal static class Betweenness
{
    /// <summary>Betweenness of every agent of an undirected graph.</summary>
    /// <param name="neighbours">Of each agent.</param>
    /// <returns>Sum over pairs of others of the share of their shortest paths that lead through the agent; each pair once.</returns>
    public static double[] Of(IReadOnlyList<IReadOnlyList<int>> neighbours)
    {
        var count = neighbours.Count;
        var (betweenness, paths, dependency, distance, order) = (new double[count], new double[count], new double[count], new int[count], new List<int>(count));
        for (var source = 0; source < count; source++)
        {
            Array.Clear(paths);
            Array.Clear(dependency);
            Array.Fill(distance, -1);
            order.Clear();
            order.Add(source);
            (paths[source], distance[source]) = (1, 0);
            for (var i = 0; i < order.Count; i++)
            {
                var at = order[i];
                foreach (var next in neighbours[at])
                {
                    if (distance[next] < 0)
                    {
                        distance[next] = distance[at] + 1;
                        order.Add(next);
                    }
                    if (distance[next] == distance[at] + 1) paths[next] += paths[at];
                }
            }
            for (var i = order.Count - 1; i > 0; i--)
            {
                var at = order[i];
                foreach (var before in neighbours[at])
                    if (distance[before] == distance[at] - 1) dependency[before] += paths[before] / paths[at] * (1 + dependency[at]);
                betweenness[at] += dependency[at] / 2;   // each pair is met from both of its ends
            }
        }
        return betweenness;
    }
}
