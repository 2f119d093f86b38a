namespace Pilotage.Systems.Governance.DelayedRepression;

/// <summary>Agents who answer what they see at once and remember nothing. The first rule that applies decides.</summary>
internal readonly struct ReactiveAgents : IArchitecture
{
    /// <inheritdoc/>
    public int Choose(int agent, int situation, ulong bits)
    {
        if (Situation.IsPunished(situation)) return Activity.Legal;
        if (Situation.AlarmIn(situation) == 2) return Activity.Legal;
        if (Situation.AlarmIn(situation) == 1) return Activity.Moderate;
        if (Situation.InfluenceIn(situation) == 2) return Activity.Radical;
        if (Situation.InfluenceIn(situation) == 1) return Activity.Moderate;
        return ActionMix.Calm.Choose(DrawBits.Choice(bits));
    }

    /// <inheritdoc/>
    public void Learn(int agent, int situation, int activity, float reward, int next) { }
}
