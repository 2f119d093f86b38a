namespace Pilotage.Systems.Control.Bpo;

/// <summary>Which advantage weighs the loss.</summary>
public enum AdvantageSource
{
    /// <summary>R - V of the current critic, anew in each minibatch: the released code's.</summary>
    Online,

    /// <summary>The generalised advantage of the rollout, from the critic that was there when it was collected.</summary>
    Gae,
}
