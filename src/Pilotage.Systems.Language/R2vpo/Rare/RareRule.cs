using Pilotage.Objectives;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Systems.Language.R2vpo;

/// <summary>How a policy is updated from samples: a loss for each action, and a multiplier where there is one.</summary>
/// <param name="Loss">Of log ratio, advantage and multiplier; per action.</param>
/// <param name="MakeDual">Makes the multiplier; its rate is 0 where it is fixed.</param>
internal sealed record RareRule(Func<Tensor, Tensor, float, Tensor> Loss, Func<DualVariable> MakeDual)
{
    /// <summary>The clipped surrogate.</summary>
    /// <param name="lower">Radius below 1.</param>
    /// <param name="upper">Radius above 1.</param>
    public static RareRule Clipped(float lower, float upper) => new((logRatio, advantages, _) =>
    {
        var ratio = logRatio.Exp();
        return -Tensor.Minimum(ratio * advantages, ratio.Clamp(1 - lower, 1 + upper) * advantages);
    }, () => new(0, 0, 1));

    /// <summary>The Lagrangian of the ratio's variance.</summary>
    /// <param name="makeDual">Makes the multiplier.</param>
    public static RareRule Variance(Func<DualVariable> makeDual) =>
        new((logRatio, advantages, multiplier) => RatioVariance.Lagrangian(RatioVariance.Ratio(logRatio), advantages, multiplier), makeDual);
}
