using Pilotage.Tensors;

namespace Pilotage.Objectives;

/// <summary>Objectives of maximum-entropy control. Losses: to be minimised.</summary>
public static class SoftPolicy
{
    /// <summary>Loss of the actor: mean(alpha log pi(a|s) - Q(s, a)), with actions that carry the policy's gradient.</summary>
    /// <param name="logProbabilities">log pi(a|s) of actions drawn from the policy, [rows].</param>
    /// <param name="values">Q(s, a) of the same actions, [rows]: the smaller of the twins.</param>
    /// <param name="temperature">alpha, at least 0: what a nat of entropy is worth, in the unit of the rewards.</param>
    /// <returns>A scalar.</returns>
    /// <remarks>arXiv:1812.05905, eq. 7 and 9.</remarks>
    public static Tensor Loss(Tensor logProbabilities, Tensor values, float temperature) => (temperature * logProbabilities - values).Mean();

    /// <summary>Loss of the temperature: log alpha times (entropy - wanted entropy). Falls where the policy is more random than wanted.</summary>
    /// <param name="logTemperature">log alpha, one number with gradient.</param>
    /// <param name="meanLogProbability">Mean log pi of drawn actions: minus the entropy; a constant.</param>
    /// <param name="targetEntropy">Wanted entropy, in nats.</param>
    /// <returns>A scalar.</returns>
    /// <remarks>
    /// arXiv:1812.05905, eq. 18, with log alpha in the place of alpha outside the expectation, as the widely used implementations have it: the same sign and zero, and steps that do not
    /// shrink with alpha.
    /// </remarks>
    public static Tensor TemperatureLoss(Tensor logTemperature, float meanLogProbability, float targetEntropy) => (logTemperature * -(meanLogProbability + targetEntropy)).Sum();
}
