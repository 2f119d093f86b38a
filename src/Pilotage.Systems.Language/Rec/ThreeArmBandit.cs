namespace Pilotage.Systems.Language.Rec;

/// <summary>The paper's counter-example: three actions, a policy that drew them, and where the expected gradient leads in the end.</summary>
/// <remarks>pi_b = (0.3, 0.6, 0.1), r = (0, 0.8, 1): the third action is best, the second is drawn most. With softmax logits the flow is d theta_a / dt = g_a - pi_a sum g, g_a = pi_b,a w_a (r_a - mean).</remarks>
internal static class ThreeArmBandit
{
    /// <summary>pi_b.</summary>
    public static IReadOnlyList<double> Behaviour { get; } = [0.3, 0.6, 0.1];

    /// <summary>r.</summary>
    public static IReadOnlyList<double> Rewards { get; } = [0, 0.8, 1];

    /// <summary>Expected reward of the policy that drew: 0.58.</summary>
    public static double Mean => Behaviour.Zip(Rewards, (p, r) => p * r).Sum();

    /// <summary>g of each action: without a weight and a shift they sum to 0 and the logits move along a line for ever.</summary>
    /// <param name="shift">beta, added to every advantage: AsymRE.</param>
    /// <param name="temperature">T of the weight exp(A / T): RED-Weight; infinity for none.</param>
    /// <returns>Three numbers.</returns>
    public static double[] Pull(double shift, double temperature) =>
        [.. Behaviour.Zip(Rewards, (p, r) => p * Math.Exp((r - Mean) / temperature) * (r - Mean + shift))];

    /// <summary>Follows the flow from the policy that drew.</summary>
    /// <param name="pull">g.</param>
    /// <param name="steps">Steps of size 1, or shorter where the pulls are strong; the slowest difference of logits grows by 0.04 a step.</param>
    /// <returns>The policy at the end.</returns>
    public static double[] Follow(IReadOnlyList<double> pull, int steps = 20_000)
    {
        var logits = Behaviour.Select(p => Math.Log(p)).ToArray();
        var sum = pull.Sum();
        var size = Math.Min(1, 1 / pull.Sum(Math.Abs));
        var pi = Behaviour.ToArray();
        for (var step = 0; step < steps; step++)
        {
            for (var a = 0; a < logits.Length; a++) logits[a] += size * (pull[a] - pi[a] * sum);
            var largest = logits.Max();
            for (var a = 0; a < logits.Length; a++) pi[a] = Math.Exp(logits[a] - largest);
            var total = pi.Sum();
            for (var a = 0; a < logits.Length; a++) pi[a] /= total;
        }
        return pi;
    }
}
