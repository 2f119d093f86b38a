namespace Pilotage.Systems.Governance.DelayedRepression;

/// <summary>What sets agents apart, and what they do at the start.</summary>
/// <param name="Charisma">chi: factor of what an agent's activity earns.</param>
/// <param name="CostScale">kappa: factor of what punishment costs it.</param>
/// <param name="Detectability">d, in [0, 1]: weight in the alarm and factor of the probability of punishment.</param>
/// <param name="Start">Action before the first step.</param>
internal sealed record Population(float[] Charisma, float[] CostScale, float[] Detectability, byte[] Start)
{
    /// <summary>Draws the agents of a graph.</summary>
    /// <param name="graph">Its bridges are more charismatic and easier to detect.</param>
    /// <param name="seeds">Branch to draw from.</param>
    public static Population Draw(SocialGraph graph, SeedTree seeds)
    {
        var random = seeds.Start();
        var (charisma, cost, detectability, start) = (new float[graph.Count], new float[graph.Count], new float[graph.Count], new byte[graph.Count]);
        for (var i = 0; i < graph.Count; i++)
        {
            var isBridge = graph.Bridges[i];
            charisma[i] = (float)(random.NextUniform(0.85, 1.25) + (isBridge ? 0.2 : 0));
            cost[i] = (float)random.NextUniform(0.9, 1.5);
            detectability[i] = (float)Math.Min(1, random.NextUniform(0.45, 1.0) + (isBridge ? 0.15 : 0));
            start[i] = (byte)ActionMix.Start.Choose(random.NextDouble());
        }
        return new(charisma, cost, detectability, start);
    }
}
