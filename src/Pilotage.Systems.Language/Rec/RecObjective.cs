using Pilotage.Language.Groups;
using Pilotage.Language.Models;
using Pilotage.Tensors;

namespace Pilotage.Systems.Language.Rec;

/// <summary>The loss of the family: -w A log pi M + reg of each token, with w and M constants made of ratio and advantage.</summary>
/// <remarks>
/// Source: arXiv:2509.24203 and its released code. Symbols: rho ratio of the policy to the one that drew, A advantage, M mask, w weight, c weight of the regulariser.
/// Gradient flows through log pi and reg alone. Log-ratios are held to +-20, so that a ratio stays finite.
/// </remarks>
/// <param name="config">Valid settings.</param>
internal sealed class RecObjective(RecObjectiveConfig config)
{
    private const float LargestLogRatio = 20;

    /// <summary>The loss of a batch.</summary>
    /// <param name="batch">Rows with advantages, and with behaviour log-probabilities where the objective needs ratios.</param>
    /// <param name="pi">What the policy says of it.</param>
    /// <returns>A scalar.</returns>
    public Tensor Loss(TokenBatch batch, TokenDistributions pi) => batch.Aggregate(Terms(batch, pi.LogProbability));

    /// <summary>The loss of each token.</summary>
    /// <param name="batch">As in <see cref="Loss"/>.</param>
    /// <param name="logPi">log pi of its tokens, [actions].</param>
    /// <returns>[actions].</returns>
    public Tensor Terms(TokenBatch batch, Tensor logPi)
    {
        var advantages = batch.Advantages;
        if (!config.NeedsRatios) return Regularized(-(Weight(advantages, default, default) * advantages * logPi), logPi, default);
        var logRatio = (logPi - batch.BehaviourLogProbabilities).Clamp(-LargestLogRatio, LargestLogRatio);
        var ratio = logRatio.Detach().Exp();
        var answer = config.Mask == ClipMask.AnswerOneSide || config.Weight == RatioWeight.AnswerRatio ? batch.ToTokens(batch.MeanByResponse(logRatio.Detach())).Exp() : ratio;
        var kept = Mask(advantages, config.Mask == ClipMask.AnswerOneSide ? answer : ratio);
        return Regularized(-(Weight(advantages, ratio, answer) * advantages * kept * logPi), logPi, logRatio);
    }

    /// <summary>M: 1 for tokens that are learned from, 0 for the others.</summary>
    /// <param name="advantages">A, any shape.</param>
    /// <param name="ratio">rho, of the same shape.</param>
    /// <returns>Of the same shape.</returns>
    public Tensor Mask(Tensor advantages, Tensor ratio)
    {
        var (low, high) = (1 - (float)config.LowerRadius, 1 + (float)config.UpperRadius);
        return config.Mask switch
        {
            ClipMask.None => ratio * 0f + 1f,
            ClipMask.OneSide or ClipMask.AnswerOneSide => Either(Both(NotBelow(advantages, 0), NotAbove(ratio, high)), Both(NotAbove(advantages, 0), NotBelow(ratio, low))),
            ClipMask.TwoSide => Both(NotBelow(ratio, low), NotAbove(ratio, high)),
            _ => Either(
                Both(NotBelow(ratio, low), NotAbove(ratio, high)),
                Either(
                    Both(NotBelow(advantages, 0), NotAbove(ratio, 1 - (float)config.OuterLowerRadius)),
                    Both(NotAbove(advantages, 0), NotBelow(ratio, 1 + (float)config.OuterUpperRadius)))),
        };
    }

    /// <summary>w: what a token counts besides its advantage.</summary>
    /// <param name="advantages">A, any shape.</param>
    /// <param name="ratio">rho, of the same shape; not read by the members that need no ratios.</param>
    /// <param name="answer">Length-normalised ratio of its answer, of the same shape; read by <see cref="RatioWeight.AnswerRatio"/> alone.</param>
    /// <returns>Of the same shape.</returns>
    public Tensor Weight(Tensor advantages, Tensor ratio, Tensor answer) => config.Weight switch
    {
        RatioWeight.None => advantages * 0f + 1f,
        RatioWeight.Ratio => ratio,
        RatioWeight.AnswerRatio => answer,
        RatioWeight.Advantage => (advantages * (float)(1 / config.Temperature)).Exp(),
        _ => Either(Above(advantages, 0), NotAbove(advantages, 0) * Tensor.Minimum(ratio, Tensor.Filled(1))),
    };

    private Tensor Regularized(Tensor loss, Tensor logPi, Tensor logRatio) => config.Regularizer switch
    {
        StepRegularizer.Squared => loss + (float)config.RegularizerWeight * logRatio.Square(),
        StepRegularizer.Forward => loss - (float)config.RegularizerWeight * logPi,
        _ => loss,
    };

    private static Tensor Both(Tensor left, Tensor right) => left * right;

    private static Tensor Either(Tensor left, Tensor right) => Tensor.Maximum(left, right);

    private static Tensor Above(Tensor x, float border) => Tensor.Where(x.IsGreater(Tensor.Filled(border)), Tensor.Filled(1), Tensor.Filled(0));

    private static Tensor NotAbove(Tensor x, float border) => 1f - Above(x, border);

    private static Tensor NotBelow(Tensor x, float border) => Tensor.Where(x.IsLess(Tensor.Filled(border)), Tensor.Filled(0), Tensor.Filled(1));
}
