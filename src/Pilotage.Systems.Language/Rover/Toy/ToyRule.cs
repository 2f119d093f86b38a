using Pilotage.Objectives;
using Pilotage.Tensors;

namespace Pilotage.Systems.Language.Rover;

/// <summary>How the toy's table is updated from one batch.</summary>
/// <param name="Loss">Of log ratio, credit and successor (change of the mean log-probability in the next state), per action.</param>
/// <param name="IsStandardized">Whether credit is divided by the group's deviation.</param>
/// <param name="StepsPerBatch">Full-batch gradient steps on the same samples.</param>
/// <param name="LearningRate">Of plain gradient descent; the loss is summed over a string's letters and averaged over strings.</param>
internal sealed record ToyRule(Func<Tensor, Tensor, Tensor, Tensor> Loss, bool IsStandardized, int StepsPerBatch, double LearningRate)
{
    /// <summary>Random policy valuation.</summary>
    /// <param name="temperature">rho.</param>
    /// <param name="successorWeight">beta.</param>
    /// <param name="steps">Gradient steps on each batch.</param>
    /// <param name="rate">Step size.</param>
    public static ToyRule Rover(double temperature, double successorWeight, int steps, double rate) =>
        new((logRatio, credit, successor) => RandomPolicyValuation.SquaredResidual(logRatio, credit, successor, (float)temperature, (float)successorWeight), false, steps, rate);

    /// <summary>The clipped surrogate with standardised rewards.</summary>
    /// <param name="clipRadius">epsilon.</param>
    /// <param name="steps">Gradient steps on each batch.</param>
    /// <param name="rate">Step size.</param>
    public static ToyRule Grpo(double clipRadius, int steps, double rate) => new((logRatio, credit, _) =>
    {
        var ratio = logRatio.Exp();
        return -Tensor.Minimum(ratio * credit, ratio.Clamp(1 - (float)clipRadius, 1 + (float)clipRadius) * credit);
    }, true, steps, rate);

    /// <summary>The policy gradient with the group's mean as its baseline: one step a batch.</summary>
    /// <param name="rate">Step size.</param>
    public static ToyRule Reinforce(double rate) => new((logRatio, credit, _) => -(logRatio * credit), false, 1, rate);
}
