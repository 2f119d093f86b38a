namespace Pilotage.Systems.Governance.DelayedRepression;

/// <summary>Draws graphs of agents as the paper's simulator wires them.</summary>
internal static class GraphGenerator
{
    private const int Communities = 6;
    private const double InsideProbability = 0.08;
    private const double AcrossProbability = 0.004;
    private const double RandomProbability = 0.02;
    private const int EdgesOfANewcomer = 2;              // the sheet names the kind alone; two give about the mean degree of the others
    private const double DirectionProbability = 0.75;
    private const double ModularBridgeShare = 0.12;
    private const double OtherBridgeShare = 0.05;

    /// <summary>Draws a graph.</summary>
    /// <param name="topology">How it is wired.</param>
    /// <param name="count">Number of agents.</param>
    /// <param name="seeds">Branch to draw from.</param>
    public static SocialGraph Draw(Topology topology, int count, SeedTree seeds)
    {
        var random = seeds.Branch("edges").Start();
        var pairs = topology switch
        {
            Topology.Modular => Pairs(count, (a, b) => Community(a, count) == Community(b, count) ? InsideProbability : AcrossProbability, ref random),
            Topology.Random => Pairs(count, (_, _) => RandomProbability, ref random),
            _ => Preferential(count, ref random),
        };
        var neighbours = Neighbours(count, pairs);
        // Between communities lies who is on many shortest paths; where there are no communities, who knows many.
        var bridges = topology == Topology.Modular
            ? Top(Betweenness.Of(neighbours), ModularBridgeShare)
            : Top([.. neighbours.Select(n => (double)n.Count)], OtherBridgeShare);
        var edges = new List<(int, int, float)>(2 * pairs.Count);
        var weights = seeds.Branch("weights").Start();
        foreach (var (a, b) in pairs)
        {
            var isInside = topology == Topology.Modular && Community(a, count) == Community(b, count);
            foreach (var (from, to) in new[] { (a, b), (b, a) })
            {
                if (weights.NextDouble() >= DirectionProbability) continue;
                edges.Add((from, to, (float)(isInside ? weights.NextUniform(0.7, 1.6) : weights.NextUniform(0.5, 1.3))));
            }
        }
        return new([.. Enumerable.Range(0, count).Select(i => FormattableString.Invariant($"{i}"))], edges, bridges);
    }

    /// <summary>Who is connected with whom, whatever the direction.</summary>
    /// <param name="count">Number of agents.</param>
    /// <param name="pairs">Each pair once.</param>
    public static IReadOnlyList<IReadOnlyList<int>> Neighbours(int count, IEnumerable<(int A, int B)> pairs)
    {
        List<int>[] neighbours = [.. Enumerable.Range(0, count).Select(_ => new List<int>())];
        foreach (var (a, b) in pairs)
        {
            neighbours[a].Add(b);
            neighbours[b].Add(a);
        }
        return neighbours;
    }

    /// <summary>Marks the agents with the largest scores; among equals the first.</summary>
    /// <param name="scores">One per agent.</param>
    /// <param name="share">Share of the agents that is marked, in [0, 1].</param>
    public static bool[] Top(IReadOnlyList<double> scores, double share)
    {
        var marked = new bool[scores.Count];
        foreach (var agent in Enumerable.Range(0, scores.Count).OrderByDescending(i => scores[i]).ThenBy(i => i).Take((int)Math.Round(share * scores.Count))) marked[agent] = true;
        return marked;
    }

    private static int Community(int agent, int count) => (int)((long)agent * Communities / count);

    private static List<(int A, int B)> Pairs(int count, Func<int, int, double> probability, ref Randomness random)
    {
        var pairs = new List<(int, int)>();
        for (var a = 0; a < count; a++)
            for (var b = a + 1; b < count; b++)
                if (random.NextDouble() < probability(a, b)) pairs.Add((a, b));
        return pairs;
    }

    private static List<(int A, int B)> Preferential(int count, ref Randomness random)
    {
        var pairs = new List<(int, int)>();
        var ends = new List<int>();                      // each agent as often as it has edges
        for (var newcomer = 1; newcomer < count; newcomer++)
        {
            var chosen = new SortedSet<int>();
            while (chosen.Count < Math.Min(EdgesOfANewcomer, newcomer)) chosen.Add(ends.Count == 0 ? 0 : ends[random.NextInt(ends.Count)]);
            foreach (var other in chosen)
            {
                pairs.Add((other, newcomer));
                ends.Add(other);
                ends.Add(newcomer);
            }
        }
        return pairs;
    }
}
