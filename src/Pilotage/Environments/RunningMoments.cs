using System.Buffers;

namespace Pilotage.Environments;

/// <summary>Running mean and variance of each component of a stream of vectors, in double (Welford's update). Keeps no samples.</summary>
/// <remarks>Source: Welford, Technometrics 4(3), 1962. The result depends on the order of the samples in the last bits only; the same order gives the same bits.</remarks>
/// <param name="size">Number of components, at least 1.</param>
public sealed class RunningMoments(int size) : ISaved
{
    private readonly double[] _mean = new double[size];
    private readonly double[] _squares = new double[size];         // sums of squared deviations from the mean

    /// <summary>Number of components.</summary>
    public int Size => size;

    /// <summary>How many samples were added.</summary>
    public long Count { get; private set; }

    /// <summary>Means; 0 before the first sample.</summary>
    public ReadOnlySpan<double> Mean => _mean;

    /// <summary>Sums of squared deviations from the mean.</summary>
    internal ReadOnlySpan<double> SquaredDeviations => _squares;

    /// <summary>Adds one sample.</summary>
    /// <param name="sample">Finite, <see cref="Size"/> numbers.</param>
    /// <exception cref="ArgumentException"><paramref name="sample"/> has another length.</exception>
    public void Add(ReadOnlySpan<float> sample)
    {
        if (sample.Length != size) throw new ArgumentException($"A sample of {sample.Length} numbers was given to moments of {size}.", nameof(sample));
        Count++;
        for (var i = 0; i < size; i++) Add(i, sample[i]);
    }

    /// <summary>Adds one sample of a single component.</summary>
    /// <param name="sample">Finite.</param>
    /// <exception cref="InvalidOperationException">These moments have more than one component.</exception>
    public void Add(double sample)
    {
        if (size != 1) throw new InvalidOperationException($"A single number was given to moments of {size} components.");
        Count++;
        Add(0, sample);
    }

    /// <summary>Variance of one component over the samples so far (divided by the count, not by one less).</summary>
    /// <param name="component">In [0, <see cref="Size"/>).</param>
    /// <returns>The variance; 1 before the first sample, so that nothing is scaled by what is not known.</returns>
    public double Variance(int component) => Count == 0 ? 1 : _squares[component] / Count;

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        writer.Write(Count);
        writer.Write<double>(_mean);
        writer.Write<double>(_squares);
    }

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        Count = reader.ReadLong();
        reader.ReadInto<double>(_mean);
        reader.ReadInto<double>(_squares);
    }

    internal void Restore(long count, ReadOnlySpan<double> mean, ReadOnlySpan<double> squaredDeviations)
    {
        Count = count;
        mean.CopyTo(_mean);
        squaredDeviations.CopyTo(_squares);
    }

    private void Add(int component, double value)
    {
        var deviation = value - _mean[component];
        _mean[component] += deviation / Count;
        _squares[component] += deviation * (value - _mean[component]);
    }
}
