namespace Pilotage.Systems.Language.DcpoDistribution;

/// <summary>Where a bandit begins.</summary>
internal enum BanditStart
{
    /// <summary>Near uniform, above every set point: logits N(0, 0.1).</summary>
    Above,

    /// <summary>On one correct action nearly always, below every set point: logit 6, the other correct ones N(0, 1), the wrong ones -4.</summary>
    Below,

    /// <summary>On one correct action, with all others alike: logit 6, the others N(0, 0.1).</summary>
    OnOne,
}
