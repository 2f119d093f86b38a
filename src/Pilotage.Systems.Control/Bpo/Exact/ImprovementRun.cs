using Pilotage.Numerics;

namespace Pilotage.Systems.Control.Bpo;

/// <summary>Improves the policy of one process again and again with exact values, and holds each update against the theorems.</summary>
/// <remarks>
/// Identity (theorem 4.2 of arXiv:2604.18578): eta(pi') = eta(pi) + epsilon sum over s of d_pi'(s) sum over a of pi(a|s) |Q(s,a) - mu(s)|, with d the discounted visits.
/// Bound (corollary 4.5): eta(pi) >= eta(pi0) + epsilon B - L - delta for every policy pi, with B = E |Q - mu| over the visits of the target, L = E |A| |rho - rho*| over those of pi0.
/// delta collects that neither distribution of states is that of pi; the paper's text at hand lost its form, so this one is derived here:
/// delta = |d_target - d_pi|_1 max over s of b(s) + |d_pi - d_pi0|_1 max over s of l(s), with b and l the two integrands.
/// </remarks>
/// <param name="mdp">The process.</param>
/// <param name="radius">epsilon, in (0, 1).</param>
internal sealed class ImprovementRun(TabularMdp mdp, double radius)
{
    private const int Early = 10;
    private const double Touching = 1e-9;                 // a ratio that leaves the band by less has left it by rounding
    private readonly int _states = mdp.States, _actions = mdp.Actions;
    private readonly RatioBand _band = RatioBand.Symmetric(radius);
    private readonly double[] _ratios = new double[mdp.States * mdp.Actions];
    private readonly double[] _linear = new double[mdp.States * mdp.Actions];
    private readonly double[] _gains = new double[mdp.States];                            // b: epsilon E|Q - mu| of each state
    private readonly double[] _losses = new double[mdp.States];                           // l: E|A||rho - rho*| of each state
    private readonly double[] _actionValues = new double[mdp.States * mdp.Actions];

    /// <summary>Improves a policy.</summary>
    /// <param name="step">How each state's policy is moved.</param>
    /// <param name="temperature">lambda of the step, the unit of <see cref="ImprovementFigures.GapToLinear"/>.</param>
    /// <param name="iterations">Updates, at least 1.</param>
    /// <param name="random">Draws the first policy, and policies to try the bound on.</param>
    public ImprovementFigures Run(BandStep step, double temperature, int iterations, ref Randomness random)
    {
        var policy = mdp.DrawPolicy(ref random);
        double[] next = new double[policy.Length], values = new double[_states], after = new double[_states], visits = new double[_states];
        mdp.Evaluate(policy, values);
        var (first, best) = (mdp.Return(values), mdp.BestReturn());
        var (identity, smallest, largest, slack, tightness, gap) = (0.0, double.PositiveInfinity, 0.0, double.PositiveInfinity, 0.0, 0.0);
        var (outside, early) = (0, double.NaN);
        for (var k = 0; k < iterations; k++)
        {
            mdp.ActionValues(values, _actionValues);
            for (var s = 0; s < _states; s++) Improve(step, policy, s);
            for (var s = 0; s < _states; s++)
            {
                var move = LargestMove(policy, s);
                largest = Math.Max(largest, move);
                if (move > radius + Touching) outside++;
                gap = Math.Max(gap, GapToLinear(policy, s));
            }
            Move(policy, _ratios, next);
            mdp.Evaluate(next, after);
            mdp.Visits(next, visits);
            var (before, now) = (mdp.Return(values), mdp.Return(after));
            identity = Math.Max(identity, Math.Abs(now - before - Dot(visits, _gains)) / Math.Max(Math.Abs(before), Math.Abs(now)));
            var size = LargestSize(after);
            for (var s = 0; s < _states; s++) smallest = Math.Min(smallest, (after[s] - values[s]) / size);
            var (least, doubt) = TryBound(policy, before, visits, size, ref random);
            slack = Math.Min(slack, least);
            tightness += doubt / iterations;
            (policy, next, values, after) = (next, policy, after, values);
            if (k == Math.Min(Early, iterations) - 1) early = (best - now) / (best - first);
        }
        var unit = temperature * 2 * radius * Logarithm.Log(2);
        return new(identity, smallest, (double)outside / (iterations * _states), largest, slack, tightness, gap / unit, early, (best - mdp.Return(values)) / (best - first));
    }

    private void Improve(BandStep step, double[] policy, int state)
    {
        Span<double> pi = Of(policy, state), q = Of(_actionValues, state);
        step(pi, q, Of(_ratios, state));
        var centre = LinearBandStep.Solve(pi, q, _band, Of(_linear, state));
        _gains[state] = 0;
        for (var a = 0; a < _actions; a++) _gains[state] += radius * pi[a] * Math.Abs(q[a] - centre);
    }

    private double LargestMove(double[] policy, int state)
    {
        Span<double> pi = Of(policy, state), ratios = Of(_ratios, state);
        var largest = 0.0;
        for (var a = 0; a < _actions; a++) if (pi[a] > 0) largest = Math.Max(largest, Math.Abs(ratios[a] - 1));
        return largest;
    }

    private double GapToLinear(double[] policy, int state)
    {
        Span<double> pi = Of(policy, state), q = Of(_actionValues, state), ratios = Of(_ratios, state), linear = Of(_linear, state);
        var gap = 0.0;
        for (var a = 0; a < _actions; a++) gap += pi[a] * (linear[a] - ratios[a]) * q[a];
        return gap;
    }

    // Two policies around each target: a part of the way to it (0 to 1.5 of it, so that some overshoot), and a drawn one that has nothing to do with it.
    private (double Slack, double Doubt) TryBound(double[] policy, double before, double[] targetVisits, double size, ref Randomness random)
    {
        double[] tried = new double[policy.Length], values = new double[_states], visits = new double[_states], oldVisits = new double[_states];
        mdp.Visits(policy, oldVisits);
        var (slack, doubt) = (double.PositiveInfinity, 0.0);
        for (var attempt = 0; attempt < 2; attempt++)
        {
            if (attempt == 0)
            {
                var part = random.NextUniform(0, 1.5);
                for (var i = 0; i < tried.Length; i++) tried[i] = policy[i] * (1 + part * (_linear[i] - 1));
            }
            else
            {
                var share = random.NextDouble();
                var drawn = mdp.DrawPolicy(ref random);
                for (var i = 0; i < tried.Length; i++) tried[i] = (1 - share) * policy[i] + share * drawn[i];
            }
            mdp.Evaluate(tried, values);
            mdp.Visits(tried, visits);
            FillLosses(policy, tried);
            var delta = Distance(targetVisits, visits) * Largest(_gains) + Distance(visits, oldVisits) * Largest(_losses);
            var bound = before + Dot(targetVisits, _gains) - Dot(oldVisits, _losses) - delta;
            slack = Math.Min(slack, (mdp.Return(values) - bound) / size);
            if (attempt == 0) doubt = (mdp.Return(values) - bound) / size;
        }
        return (slack, doubt);
    }

    private void FillLosses(double[] policy, double[] tried)
    {
        for (var s = 0; s < _states; s++)
        {
            Span<double> pi = Of(policy, s), other = Of(tried, s), q = Of(_actionValues, s), linear = Of(_linear, s);
            var (mean, sum) = (0.0, 0.0);
            for (var a = 0; a < _actions; a++) mean += pi[a] * q[a];
            for (var a = 0; a < _actions; a++) sum += Math.Abs(q[a] - mean) * Math.Abs(other[a] - pi[a] * linear[a]);       // pi0 |A| |rho - rho*|
            _losses[s] = sum;
        }
    }

    // Rounding must not drift away from a distribution over many updates.
    private void Move(double[] policy, double[] ratios, double[] next)
    {
        for (var s = 0; s < _states; s++)
        {
            Span<double> pi = Of(policy, s), rho = Of(ratios, s), moved = Of(next, s);
            var sum = 0.0;
            for (var a = 0; a < _actions; a++) sum += moved[a] = pi[a] * rho[a];
            foreach (ref var p in moved) p /= sum;
        }
    }

    private Span<double> Of(double[] all, int state) => all.AsSpan(state * _actions, _actions);

    private static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    private static double Distance(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++) sum += Math.Abs(a[i] - b[i]);
        return sum;
    }

    private static double Largest(double[] values)
    {
        var largest = double.NegativeInfinity;
        foreach (var value in values) largest = Math.Max(largest, value);
        return largest;
    }

    private static double LargestSize(double[] values)
    {
        var largest = 0.0;
        foreach (var value in values) largest = Math.Max(largest, Math.Abs(value));
        return largest;
    }
}
