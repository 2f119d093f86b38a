namespace Pilotage.Systems.Governance.DelayedRepression;

/// <summary>Who influences whom, and how strongly: the edges into each agent, one after the other.</summary>
internal sealed class SocialGraph
{
    /// <param name="names">One per agent; a number where users gave none.</param>
    /// <param name="edges">From, to, weight; in any order.</param>
    /// <param name="bridges">Agents between communities, one flag each.</param>
    public SocialGraph(IReadOnlyList<string> names, IReadOnlyList<(int From, int To, float Weight)> edges, bool[] bridges)
    {
        (Names, Bridges, First) = (names, bridges, new int[names.Count + 1]);
        foreach (var (_, to, _) in edges) First[to + 1]++;
        for (var i = 0; i < names.Count; i++) First[i + 1] += First[i];
        var next = First.ToArray();
        (Sources, Weights) = (new int[edges.Count], new float[edges.Count]);
        foreach (var (from, to, weight) in edges)
        {
            Sources[next[to]] = from;
            Weights[next[to]++] = weight;
        }
    }

    /// <summary>Names of the agents.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Number of agents.</summary>
    public int Count => Names.Count;

    /// <summary>The edges into agent i are those from First[i] up to First[i + 1].</summary>
    public int[] First { get; }

    /// <summary>Where each edge comes from.</summary>
    public int[] Sources { get; }

    /// <summary>How strong each edge is, at least 0.</summary>
    public float[] Weights { get; }

    /// <summary>Which agents lie between communities.</summary>
    public bool[] Bridges { get; }
}
