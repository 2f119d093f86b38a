using Pilotage.Experience;
using Pilotage.Policies;
using Pilotage.Tensors;

namespace Pilotage.Systems.Control.Bpo;

/// <summary>How far an iteration moved the probabilities of the actions that it learned from. Looks at any learner of this kind from outside.</summary>
/// <param name="Low">1st percentile of the ratio.</param>
/// <param name="High">99th percentile of the ratio.</param>
/// <param name="Spread">99th percentile of |ratio - 1|.</param>
/// <param name="OutsideShare">Share of |ratio - 1| above a radius.</param>
internal readonly record struct RatioSpread(double Low, double High, double Spread, double OutsideShare)
{
    /// <summary>Ratios of the networks as they are to the policy that collected a rollout.</summary>
    /// <param name="networks">After the iteration.</param>
    /// <param name="rollout">What the iteration learned from, as the networks saw it.</param>
    /// <returns>pi / pi0 of each step, [T, N].</returns>
    public static float[] Ratios(ActorCritic networks, Rollout rollout)
    {
        var ratios = new float[rollout.Count];
        var all = new Minibatch(rollout.Count, rollout.Spec);
        all.Take(rollout);
        using var step = Step.Begin(networks.Parameters.Device, Gradient.None);
        var (pi, _) = networks.Forward(all.Observations, all.Legal);
        (pi.LogProbability(all.ActionIndices, all.ActionValues) - all.LogProbabilities).Exp().CopyTo(ratios);
        return ratios;
    }

    /// <summary>Percentiles of ratios.</summary>
    /// <param name="ratios">At least one.</param>
    /// <param name="radius">epsilon of <see cref="OutsideShare"/>.</param>
    public static RatioSpread Of(ReadOnlySpan<float> ratios, double radius)
    {
        var sorted = ratios.ToArray();
        Array.Sort(sorted);
        var sizes = Array.ConvertAll(sorted, ratio => Math.Abs(ratio - 1));
        Array.Sort(sizes);
        var outside = sizes.Count(size => size > radius);
        return new(Percentile(sorted, 0.01), Percentile(sorted, 0.99), Percentile(sizes, 0.99), (double)outside / sizes.Length);
    }

    /// <summary>Interpolated between the two nearest ranks.</summary>
    private static double Percentile(float[] sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var low = (int)place;
        return sorted[low] + (place - low) * (sorted[Math.Min(low + 1, sorted.Length - 1)] - sorted[low]);
    }
}
