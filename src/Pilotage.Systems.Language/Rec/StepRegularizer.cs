namespace Pilotage.Systems.Language.Rec;

/// <summary>What holds the policy near the one that drew.</summary>
public enum StepRegularizer
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>c (log ratio)^2 (k2; OPMD of Kimi).</summary>
    Squared,

    /// <summary>-c log pi: the divergence from the drawing policy, less a constant; the same as c added to every advantage (AsymRE).</summary>
    Forward,
}
