namespace Pilotage.Evaluation.Statistics;

/// <summary>Bootstrap inference for statistics that have no standard error of their own: stratified, hierarchical, two-sample.</summary>
/// <remarks>
/// Intervals are percentiles of the resampled statistic (Efron and Tibshirani 1993, chapter 13). They are a little narrow for small samples:
/// below a dozen units use <see cref="Inference.OfMean"/>.
/// </remarks>
public sealed class PercentileBootstrap : IInference
{
    /// <summary>Resamples if nothing else is asked for: p down to 1e-4, ends of a 95 % interval to a few percent of their distance.</summary>
    public const int DefaultResamples = 9_999;

    private readonly double[] _replicates;

    private PercentileBootstrap(string name, int units, double estimate, double[] replicates)
    {
        Array.Sort(replicates);
        (Name, Units, Estimate, _replicates) = (name, units, estimate, replicates);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int Units { get; }

    /// <inheritdoc/>
    public double Estimate { get; }

    /// <inheritdoc/>
    public double SmallestP => 1.0 / (_replicates.Length + 1);

    /// <summary>Resamples within each stratum, so that each keeps its size: a task's seeds among themselves, for instance.</summary>
    /// <param name="strata">At least one stratum with at least one value each.</param>
    /// <param name="statistic">Computed from all strata's values together, stratum after stratum.</param>
    /// <param name="seeds">Branch for the draws.</param>
    /// <param name="resamples">Number of resamples, at least 99.</param>
    /// <returns>The inference; its units are those of the smallest stratum.</returns>
    /// <remarks>arXiv:2108.13264, section 4.</remarks>
    public static PercentileBootstrap Stratified(
        IReadOnlyList<double[]> strata, Statistic statistic, SeedTree seeds, int resamples = DefaultResamples)
    {
        ThrowIfUnusable(strata, resamples);
        var random = seeds.Start();
        var drawn = new double[strata.Sum(s => s.Length)];
        var replicates = new double[resamples];
        foreach (ref var replicate in replicates.AsSpan())
        {
            var next = 0;
            foreach (var stratum in strata)
            {
                for (var i = 0; i < stratum.Length; i++) drawn[next++] = stratum[random.NextInt(stratum.Length)];
            }
            replicate = statistic(drawn);
        }
        return new("stratified bootstrap", strata.Min(s => s.Length), statistic(strata.SelectMany(s => s).ToArray()), replicates);
    }

    /// <summary>Resamples seeds, then instances within them, and takes the mean of the seeds' means.</summary>
    /// <param name="values">For each seed its instances' values; at least one each.</param>
    /// <param name="shared">
    /// Whether column i is the same instance for every seed. Then one draw of instances serves all drawn seeds, so that an instance that is hard for
    /// every seed does not average out (Owen, Annals of Applied Statistics 1, 2007).
    /// </param>
    /// <param name="seeds">Branch for the draws.</param>
    /// <param name="resamples">Number of resamples, at least 99.</param>
    /// <returns>The inference; its units are the seeds.</returns>
    /// <exception cref="ArgumentException">Instances are shared but the seeds' numbers of them differ.</exception>
    public static PercentileBootstrap Hierarchical(
        IReadOnlyList<double[]> values, bool shared, SeedTree seeds, int resamples = DefaultResamples)
    {
        ThrowIfUnusable(values, resamples);
        if (shared && values.Any(v => v.Length != values[0].Length)) throw new ArgumentException("Shared instances need the same number for each seed.", nameof(values));
        var random = seeds.Start();
        var drawn = new int[values.Max(v => v.Length)];
        var replicates = new double[resamples];
        foreach (ref var replicate in replicates.AsSpan())
        {
            if (shared) Draw(drawn, ref random);
            var sum = 0.0;
            for (var i = 0; i < values.Count; i++)
            {
                var seed = values[random.NextInt(values.Count)];
                var picks = drawn.AsSpan(0, seed.Length);
                if (!shared) Draw(picks, ref random);
                var seedSum = 0.0;
                foreach (var pick in picks) seedSum += seed[pick];
                sum += seedSum / seed.Length;
            }
            replicate = sum / values.Count;
        }
        return new("hierarchical bootstrap", values.Count, Sample.Mean(values.Select(v => Sample.Mean(v)).ToArray()), replicates);
    }

    /// <summary>Resamples two independent samples.</summary>
    /// <param name="a">At least one value.</param>
    /// <param name="b">At least one value.</param>
    /// <param name="statistic">Computed from a resample of each, for instance <see cref="EffectSize.ProbabilityOfImprovement"/>.</param>
    /// <param name="seeds">Branch for the draws.</param>
    /// <param name="resamples">Number of resamples, at least 99.</param>
    /// <returns>The inference; its units are those of the smaller sample.</returns>
    public static PercentileBootstrap TwoSamples(
        double[] a, double[] b, Func<double[], double[], double> statistic, SeedTree seeds, int resamples = DefaultResamples)
    {
        ThrowIfUnusable([a, b], resamples);
        var random = seeds.Start();
        var (drawnA, drawnB) = (new double[a.Length], new double[b.Length]);
        var replicates = new double[resamples];
        foreach (ref var replicate in replicates.AsSpan())
        {
            foreach (ref var value in drawnA.AsSpan()) value = a[random.NextInt(a.Length)];
            foreach (ref var value in drawnB.AsSpan()) value = b[random.NextInt(b.Length)];
            replicate = statistic(drawnA, drawnB);
        }
        return new("two-sample bootstrap", Math.Min(a.Length, b.Length), statistic(a, b), replicates);
    }

    /// <inheritdoc/>
    public Interval Bounds(double errorPerEnd)
    {
        var rank = Ranks.Within(errorPerEnd, _replicates.Length + 1);
        return rank == 0 ? Interval.Everything : new(_replicates[rank - 1], _replicates[^rank]);
    }

    /// <inheritdoc/>
    public double PAbove(double border) => SmallestP * (1 + Ranks.CountAtMost(_replicates, border));

    /// <inheritdoc/>
    public double PBelow(double border) => SmallestP * (1 + Ranks.CountAtLeast(_replicates, border));

    private static void Draw(Span<int> picks, ref Randomness random)
    {
        foreach (ref var pick in picks) pick = random.NextInt(picks.Length);
    }

    private static void ThrowIfUnusable(IReadOnlyList<double[]> groups, int resamples)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 99);
        if (groups.Count == 0 || groups.Any(g => g.Length == 0)) throw new ArgumentException("Each group needs at least one value.", nameof(groups));
    }
}
