namespace Pilotage.Systems.Governance.DelayedRepression;

/// <summary>The three uniform numbers that an agent needs in a step, out of the 64 bits of one draw: parts of their own, so they are independent.</summary>
internal static class DrawBits
{
    /// <summary>In [0, 1) with 24 bits: whether the agent is punished.</summary>
    public static float Punishment(ulong bits) => (bits & 0xFFFFFF) * (1f / (1 << 24));

    /// <summary>In [0, 1) with 20 bits: which activity.</summary>
    public static float Choice(ulong bits) => (bits >> 24 & 0xFFFFF) * (1f / (1 << 20));

    /// <summary>In [0, 1) with 20 bits: whether to explore.</summary>
    public static float Exploration(ulong bits) => (bits >> 44) * (1f / (1 << 20));
}
