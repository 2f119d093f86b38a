using Pilotage.Tensors;

namespace Pilotage.Testing.Reference;

/// <summary>Reductions in double: each input element knows into which output element it goes.</summary>
internal static class ReferenceReduction
{
    /// <summary>The results, and for each input element the derivative of its result by it.</summary>
    public static (double[] Values, double[] Derivatives) Compute(Reduction reduction, double[] x, int[] target, int outputs)
    {
        var sums = new double[outputs];
        var counts = new int[outputs];
        var largest = new double[outputs];
        var first = new int[outputs];
        Array.Fill(largest, double.NegativeInfinity);
        Array.Fill(first, -1);
        for (var i = 0; i < x.Length; i++)
        {
            var place = target[i];
            sums[place] += x[i];
            counts[place]++;
            if (x[i] > largest[place]) (largest[place], first[place]) = (x[i], i);
        }
        var powers = new double[outputs];
        for (var i = 0; i < x.Length; i++) powers[target[i]] += Math.Exp(x[i] - largest[target[i]]);
        var logs = new double[outputs];
        for (var place = 0; place < outputs; place++) logs[place] = double.IsNegativeInfinity(largest[place]) ? largest[place] : largest[place] + Math.Log(powers[place]);

        return reduction switch
        {
            Reduction.Sum => (sums, Derivatives(_ => 1)),
            Reduction.Mean => ([.. sums.Select((sum, place) => sum / counts[place])], Derivatives(i => 1.0 / counts[target[i]])),
            Reduction.Maximum => (largest, Derivatives(i => first[target[i]] == i ? 1 : 0)),
            Reduction.LogSumExp => (logs, Derivatives(i => double.IsNegativeInfinity(logs[target[i]]) ? 0 : Math.Exp(x[i] - logs[target[i]]))),
            _ => throw new ArgumentOutOfRangeException(nameof(reduction), reduction, "No such reduction."),
        };

        double[] Derivatives(Func<int, double> derivative) => [.. Enumerable.Range(0, x.Length).Select(derivative)];
    }

    /// <summary>Log-softmax of rows; illegal elements get float's smallest finite number, as documented for every backend.</summary>
    public static double[] LogSoftmax(double[] x, bool[]? legal, int width)
    {
        var logs = new double[x.Length];
        for (var row = 0; row < x.Length; row += width)
        {
            var allowed = Enumerable.Range(row, width).Where(i => legal is null || legal[i]).ToArray();
            if (allowed.Length == 0) throw new ArgumentException($"Row {row / width} of the mask has no legal element.", nameof(legal));
            var largest = allowed.Max(i => x[i]);
            var logSum = largest + Math.Log(allowed.Sum(i => Math.Exp(x[i] - largest)));
            for (var i = row; i < row + width; i++) logs[i] = float.MinValue;
            foreach (var i in allowed) logs[i] = x[i] - logSum;
        }
        return logs;
    }
}
