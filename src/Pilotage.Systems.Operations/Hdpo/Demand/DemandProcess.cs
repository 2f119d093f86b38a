using Pilotage.Numerics;

namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>How much customers want in a period, at each store. Independent between periods.</summary>
internal abstract record DemandProcess
{
    private DemandProcess() { }

    /// <summary>S, number of stores.</summary>
    public abstract int StoreCount { get; }

    /// <summary>The mean of a store's demand in a period.</summary>
    public abstract double Mean(int store);

    /// <summary>The standard deviation of a store's demand in a period.</summary>
    public abstract double Deviation(int store);

    /// <summary>Draws one period.</summary>
    /// <param name="demand">Receives one number for each store.</param>
    /// <param name="random">The scenario's stream.</param>
    public abstract void Draw(Span<float> demand, ref Randomness random);

    /// <summary>Normal demand, with the same correlation between any two stores.</summary>
    /// <param name="Means">mu of each store.</param>
    /// <param name="Deviations">sigma of each store.</param>
    /// <param name="Correlation">In [0, 1].</param>
    /// <param name="IsClipped">Whether demand below 0 becomes 0.</param>
    public sealed record Normal(IReadOnlyList<double> Means, IReadOnlyList<double> Deviations, double Correlation = 0, bool IsClipped = true) : DemandProcess
    {
        /// <inheritdoc/>
        public override int StoreCount => Means.Count;

        /// <inheritdoc/>
        public override double Mean(int store) => Means[store];

        /// <inheritdoc/>
        public override double Deviation(int store) => Deviations[store];

        /// <inheritdoc/>
        public override void Draw(Span<float> demand, ref Randomness random)
        {
            var (together, apart) = (Math.Sqrt(Correlation), Math.Sqrt(1 - Correlation));
            var common = Correlation > 0 ? random.NextNormal() : 0;
            for (var s = 0; s < demand.Length; s++)
            {
                var z = apart > 0 ? together * common + apart * random.NextNormal() : common;
                var value = Means[s] + Deviations[s] * z;
                demand[s] = (float)(IsClipped ? Math.Max(0, value) : value);
            }
        }
    }

    /// <summary>Poisson demand of one store.</summary>
    /// <param name="Rate">lambda, the mean; above 0, at most 500.</param>
    public sealed record Poisson(double Rate) : DemandProcess
    {
        private readonly double[] _cumulative = Cumulative(Rate);

        /// <inheritdoc/>
        public override int StoreCount => 1;

        /// <inheritdoc/>
        public override double Mean(int store) => Rate;

        /// <inheritdoc/>
        public override double Deviation(int store) => Math.Sqrt(Rate);

        /// <summary>P(D = 0), P(D = 1), …, until what is left is below 1e-15.</summary>
        public static double[] Probabilities(double rate)
        {
            var probabilities = new List<double> { Exponential.Exp(-rate) };
            for (var rest = 1 - probabilities[0]; rest > 1e-15 || probabilities.Count < rate; rest -= probabilities[^1]) probabilities.Add(probabilities[^1] * rate / probabilities.Count);
            return [.. probabilities];
        }

        /// <inheritdoc/>
        public override void Draw(Span<float> demand, ref Randomness random)
        {
            for (var s = 0; s < demand.Length; s++)
            {
                var u = random.NextDouble();
                var place = Array.BinarySearch(_cumulative, u);
                demand[s] = Math.Min(place < 0 ? ~place : place + 1, _cumulative.Length);       // the least d with u < P(D <= d)
            }
        }

        private static double[] Cumulative(double rate)
        {
            var sums = Probabilities(rate);
            for (var d = 1; d < sums.Length; d++) sums[d] += sums[d - 1];
            return sums;
        }
    }
}
