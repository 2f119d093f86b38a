namespace Pilotage.Systems.Governance.DelayedRepression;

/// <summary>Agents who neither look nor learn: the null model.</summary>
internal readonly struct FixedAgents : IArchitecture
{
    /// <inheritdoc/>
    public int Choose(int agent, int situation, ulong bits) => ActionMix.Fixed.Choose(DrawBits.Choice(bits));

    /// <inheritdoc/>
    public void Learn(int agent, int situation, int activity, float reward, int next) { }
}
