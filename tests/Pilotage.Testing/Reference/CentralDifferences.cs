using Pilotage.Tensors;

namespace Pilotage.Testing.Reference;

/// <summary>The reference's gradient against (f(x + h) - f(x - h)) / 2h in double.</summary>
/// <remarks>
/// With h = 1e-5 max(1, |x|) the truncation, h² f'''/6, is about 2e-11 f''', and the rounding of f, 2^-53 times its condition times some ten operations,
/// divided by h, about 1e-10 of the condition. Both stay below the tolerance of 1e-7 (|b| + scale) where the scale is at least a thousandth of the
/// condition and third derivatives are below a thousand.
/// </remarks>
internal static class CentralDifferences
{
    private const double Tolerance = 1e-7;
    private const double RelativeStep = 1e-5;
    private const double ConditionShare = 1e-3;
    private const double SmallestScale = 0.01;

    // A bias beside a large matrix must be looked at too.
    private const int LeastPerParameter = 4;

    // One-sided differences are off by h f''/2, so a smooth function with f'' below a hundred keeps them closer than this; a kink of order 1 does not.
    private const double KinkTolerance = 1e-3;

    public static (int Differences, int Kinks) Check(
        Func<Tensor> function, Parameters parameters, ReferenceDevice device, ReferenceResult truth, int maximum, List<string> problems)
    {
        double[][] gradients = [.. parameters.All.Select(parameter => device.GradientOf(parameter).ToArray())];
        var weights = Oracle.Weights(truth.Values.Length);
        if (maximum == 0) return (0, 0);
        var share = (double)maximum / Math.Max(1, parameters.Count);
        var random = new Randomness((ulong)parameters.Count);
        var (differences, kinks) = (0, 0);
        device.ReplayDetached();
        foreach (var (parameter, gradient) in parameters.All.Zip(gradients))
        {
            var point = new double[parameter.Shape.Count];
            for (var i = 0; i < point.Length; i++) point[i] = parameter.Values[i];
            device.Override(parameter, point);
            var largest = gradient.Select(Math.Abs).DefaultIfEmpty().Max();
            var scale = Math.Max(SmallestScale, Math.Max(largest, ConditionShare * truth.Condition));
            // One at a random place of each run of equal length, so that no row or column of a matrix is preferred.
            var run = Math.Max(1, (int)(point.Length / Math.Max(LeastPerParameter, share * point.Length)));
            for (var start = 0; start < point.Length; start += run)
            {
                var i = Math.Min(point.Length - 1, start + random.NextInt(run));
                differences++;
                var slope = Slope(function, device, point, i, truth.Values, weights);
                var error = Math.Abs(gradient[i] - slope.Central);
                if (error <= Tolerance * (Math.Abs(slope.Central) + scale)) continue;

                var slack = KinkTolerance * (Math.Abs(gradient[i]) + scale);
                var between = gradient[i] >= slope.Low - slack && gradient[i] <= slope.High + slack;
                if (between && slope.High - slope.Low > slack) kinks++;
                else problems.Add($"central difference {i} of {parameter.Name} {parameter.Shape}: {slope.Central:G12}, the reference's gradient is {gradient[i]:G12}.");
            }
            device.ClearOverrides();
        }
        device.FollowDetached();
        return (differences, kinks);
    }

    /// <summary>The central slope of the weighted output, and the interval of the weighted one-sided slopes: the derivatives that a kink leaves open.</summary>
    private static (double Central, double Low, double High) Slope(
        Func<Tensor> function, ReferenceDevice device, double[] point, int place, double[] middle, float[] weights)
    {
        var x = point[place];
        var step = RelativeStep * Math.Max(1, Math.Abs(x));
        point[place] = x + step;
        var above = Evaluate(function, device);
        var stepUp = point[place] - x;
        point[place] = x - step;
        var below = Evaluate(function, device);
        var stepDown = x - point[place];
        point[place] = x;
        var (central, low, high) = (0.0, 0.0, 0.0);
        for (var i = 0; i < middle.Length; i++)
        {
            var (up, down) = (weights[i] * (above[i] - middle[i]) / stepUp, weights[i] * (middle[i] - below[i]) / stepDown);
            central += weights[i] * (above[i] - below[i]) / (stepUp + stepDown);
            low += Math.Min(up, down);
            high += Math.Max(up, down);
        }
        return (central, low, high);
    }

    private static double[] Evaluate(Func<Tensor> function, ReferenceDevice device)
    {
        using var step = Step.Begin(device, Gradient.None);
        var output = function();
        return [.. ((ReferenceTape)output.Tape).ValuesOf(output.Slot)];
    }
}
