using System.Buffers;
using Pilotage.Numerics;

namespace Pilotage.Algorithms.Evolution;

/// <summary>Covariance matrix adaptation as a plain optimiser: ask for candidates, tell how good they are. Minimises any function of real parameters by their order alone.</summary>
/// <remarks>
/// Source: Hansen, "The CMA evolution strategy: a tutorial", arXiv:1604.00772, figure 6, with negative weights. Symbols: n parameters, lambda population, m mean, sigma step size, C covariance = B D^2 B^T,
/// z standard normal, y = B D z, x = m + sigma y, w weights by rank, p_sigma and p_c evolution paths, c_1, c_mu, c_sigma, c_c, d_sigma constants.
/// Differs from the source: B and D are kept for some generations (its section B.2), and the path of sigma is built from z, which is C^(-1/2) y of the C that was sampled from.
/// Not thread-safe. Resumes bit for bit between generations.
/// </remarks>
public sealed class CovarianceAdaptation : ISaved
{
    private const int LargestFull = 300;
    private const double LargestCondition = 1e14;        // beyond, doubles cannot tell the axes apart
    private readonly AdaptationConstants _constants;
    private readonly bool _isDiagonal;
    private readonly int _n;
    private readonly double[] _mean;                     // m
    private readonly double[] _covariance;               // C, [n, n]; or its diagonal, [n]
    private readonly double[] _axes;                     // B, [n, n], an axis a column; empty if diagonal
    private readonly double[] _lengths;                  // D, [n]
    private readonly double[] _stepPath;                 // p_sigma
    private readonly double[] _path;                     // p_c
    private readonly double[] _candidates;               // x, [lambda, n]
    private readonly double[] _normals;                  // z, [lambda, n]
    private readonly double[] _steps;                    // y, [lambda, n]
    private readonly int[] _order;                       // candidates, the best first
    private readonly double[] _meanNormal;               // sum of w z over the parents
    private readonly double[] _meanStep;                 // sum of w y over the parents
    private Randomness _random;

    /// <summary>Begins around a point.</summary>
    /// <param name="mean">m, where to begin; at least one parameter.</param>
    /// <param name="deviation">sigma, above 0: about a third of the distance at which the optimum may lie. Small: only the nearest valley; large: slow at first.</param>
    /// <param name="seeds">Its stream draws the candidates.</param>
    /// <param name="population">lambda, at least 2; <see langword="null"/> for 4 + 3 ln n. Large: sturdier against noise and many valleys, slower.</param>
    /// <param name="form">How much of the covariance is learned.</param>
    /// <exception cref="ArgumentException"><paramref name="mean"/> is empty or not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public CovarianceAdaptation(ReadOnlySpan<double> mean, double deviation, SeedTree seeds, int? population = null, CovarianceForm form = CovarianceForm.Automatic)
    {
        if (mean.IsEmpty) throw new ArgumentException("There must be at least one parameter.", nameof(mean));
        foreach (var value in mean)
            if (!double.IsFinite(value)) throw new ArgumentException($"A parameter begins at {value}; it must be finite.", nameof(mean));
        if (!(deviation is > 0 and < double.PositiveInfinity)) throw new ArgumentOutOfRangeException(nameof(deviation), deviation, "The deviation must be above 0 and finite.");
        _n = mean.Length;
        Population = population ?? 4 + (int)(3 * Logarithm.Log(_n));
        ArgumentOutOfRangeException.ThrowIfLessThan(Population, 2, nameof(population));
        _isDiagonal = form == CovarianceForm.Diagonal || (form == CovarianceForm.Automatic && _n > LargestFull);
        _constants = new(_n, Population, _isDiagonal);
        (_mean, Deviation, _random) = (mean.ToArray(), deviation, seeds.Start());
        _covariance = new double[_isDiagonal ? _n : _n * _n];
        _axes = new double[_isDiagonal ? 0 : _n * _n];
        (_lengths, _stepPath, _path, _meanNormal, _meanStep) = (new double[_n], new double[_n], new double[_n], new double[_n], new double[_n]);
        (_candidates, _normals, _steps, _order) = (new double[Population * _n], new double[Population * _n], new double[Population * _n], new int[Population]);
        for (var i = 0; i < _n; i++)
        {
            _lengths[i] = _covariance[_isDiagonal ? i : i * _n + i] = 1;
            if (!_isDiagonal) _axes[i * _n + i] = 1;
        }
    }

    /// <summary>n.</summary>
    public int Parameters => _n;

    /// <summary>lambda: candidates of a generation.</summary>
    public int Population { get; }

    /// <summary>Generations told so far.</summary>
    public long Generation { get; private set; }

    /// <summary>m: the best guess so far, [n]. Better than the best candidate where the function is noisy.</summary>
    public ReadOnlySpan<double> Mean => _mean;

    /// <summary>sigma, the step size.</summary>
    public double Deviation { get; private set; }

    /// <summary>Bytes held.</summary>
    public long Bytes => sizeof(double) * (_covariance.LongLength + _axes.LongLength + 3L * _candidates.Length + 6L * _n);

    /// <summary>Draws the next generation.</summary>
    /// <returns>Candidates, row-major [lambda, n]; valid until the next call.</returns>
    public ReadOnlySpan<double> Ask()
    {
        foreach (ref var z in _normals.AsSpan()) z = _random.NextNormal();
        for (var k = 0; k < Population; k++)
        {
            var (z, y, x) = (k * _n, k * _n, k * _n);
            for (var i = 0; i < _n; i++)
            {
                var sum = 0.0;
                if (_isDiagonal) sum = _lengths[i] * _normals[z + i];
                else for (var j = 0; j < _n; j++) sum += _axes[i * _n + j] * (_lengths[j] * _normals[z + j]);
                _steps[y + i] = sum;
                _candidates[x + i] = _mean[i] + Deviation * sum;
            }
        }
        return _candidates;
    }

    /// <summary>Learns from the last generation.</summary>
    /// <param name="costs">f of each candidate, [lambda]; lower is better. Only their order counts; NaN and positive infinity are worst, equals keep their order.</param>
    /// <exception cref="ArgumentException">There is another number of costs than of candidates.</exception>
    /// <exception cref="RunFailedException">The step size or the covariance is not finite any more.</exception>
    public void Tell(ReadOnlySpan<double> costs)
    {
        if (costs.Length != Population) throw new ArgumentException($"{costs.Length} costs were told of {Population} candidates.", nameof(costs));
        Rank(costs);
        Recombine();
        var c = _constants;

        var keep = Math.Sqrt(c.StepDecay * (2 - c.StepDecay) * c.Mass);                    // eq. 43
        for (var i = 0; i < _n; i++)
        {
            var whitened = 0.0;                                                            // C^(-1/2) of the mean's step
            if (_isDiagonal) whitened = _meanNormal[i];
            else for (var j = 0; j < _n; j++) whitened += _axes[i * _n + j] * _meanNormal[j];
            _stepPath[i] = (1 - c.StepDecay) * _stepPath[i] + keep * whitened;
        }
        var length = Math.Sqrt(SumOfSquares(_stepPath));
        Generation++;
        var settled = Math.Sqrt(1 - Exponential.Power(1 - c.StepDecay, 2.0 * Generation));
        var isMoving = length / settled < (1.4 + 2.0 / (_n + 1)) * c.ExpectedLength;         // h_sigma: not while sigma grows by leaps

        keep = Math.Sqrt(c.PathDecay * (2 - c.PathDecay) * c.Mass);                        // eq. 45
        for (var i = 0; i < _n; i++) _path[i] = (1 - c.PathDecay) * _path[i] + (isMoving ? keep * _meanStep[i] : 0);
        AdaptCovariance(isMoving);
        Deviation *= Exponential.Exp(Math.Min(1, c.StepDecay / c.StepDamping * (length / c.ExpectedLength - 1)));   // eq. 44, at most e a generation
        if (!(Deviation is > 0 and < double.PositiveInfinity)) throw new RunFailedException($"The step size became {Deviation} in generation {Generation}: the function has no minimum, or all costs are equal.");
        if (Generation % c.LazyPeriod == 0) Decompose();
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        writer.Write(Generation);
        writer.Write(BitConverter.DoubleToInt64Bits(Deviation));
        foreach (var part in (ReadOnlySpan<double[]>)[_mean, _covariance, _axes, _lengths, _stepPath, _path]) writer.Write<double>(part);
        _random.Save(writer);
    }

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        Generation = reader.ReadLong();
        Deviation = BitConverter.Int64BitsToDouble(reader.ReadLong());
        foreach (var part in (ReadOnlySpan<double[]>)[_mean, _covariance, _axes, _lengths, _stepPath, _path]) reader.ReadInto<double>(part);
        _random.Load(ref reader);
    }

    private void Rank(ReadOnlySpan<double> costs)
    {
        for (var k = 0; k < Population; k++)
        {
            var place = k;                                                                 // insertion: stable, and populations are small
            for (; place > 0 && IsWorse(costs[_order[place - 1]], costs[k]); place--) _order[place] = _order[place - 1];
            _order[place] = k;
        }
    }

    private static bool IsWorse(double a, double b) => double.IsNaN(a) ? !double.IsNaN(b) : a > b;

    private void Recombine()                                                               // eq. 41-42
    {
        _meanNormal.AsSpan().Clear();
        _meanStep.AsSpan().Clear();
        for (var rank = 0; rank < _constants.Parents; rank++)
        {
            var (w, at) = (_constants.Weights[rank], _order[rank] * _n);
            for (var i = 0; i < _n; i++)
            {
                _meanNormal[i] += w * _normals[at + i];
                _meanStep[i] += w * _steps[at + i];
            }
        }
        for (var i = 0; i < _n; i++) _mean[i] += Deviation * _meanStep[i];
    }

    private void AdaptCovariance(bool isMoving)                                            // eq. 46-47
    {
        var c = _constants;
        var paused = isMoving ? 0 : c.PathDecay * (2 - c.PathDecay);                       // makes up for the path's missing length
        var kept = 1 + c.RankOne * paused - c.RankOne - c.RankMany * c.Weights.Sum();
        foreach (ref var entry in _covariance.AsSpan()) entry *= kept;
        AddOuter(_path, c.RankOne);
        for (var rank = 0; rank < Population; rank++)
        {
            var (w, at) = (c.Weights[rank], _order[rank] * _n);
            if (w < 0) w *= _n / (SumOfSquares(_normals.AsSpan(at, _n)) + 1e-300);           // |C^(-1/2) y| = |z|
            if (w != 0) AddOuter(_steps.AsSpan(at, _n), c.RankMany * w);
        }
    }

    private void AddOuter(ReadOnlySpan<double> vector, double weight)
    {
        for (var i = 0; i < _n; i++)
        {
            if (_isDiagonal)
            {
                _covariance[i] += weight * vector[i] * vector[i];
                continue;
            }
            var left = weight * vector[i];
            var row = _covariance.AsSpan(i * _n, _n);
            for (var j = 0; j <= i; j++) row[j] += left * vector[j];                         // the lower triangle
        }
    }

    private void Decompose()
    {
        if (_isDiagonal) _covariance.CopyTo(_lengths, 0);
        else
        {
            for (var i = 0; i < _n; i++)
                for (var j = 0; j <= i; j++) _axes[i * _n + j] = _axes[j * _n + i] = _covariance[i * _n + j];
            if (!SymmetricEigen.Decompose(_axes, _lengths)) throw new RunFailedException($"The covariance cannot be decomposed in generation {Generation}: a candidate or a cost is out of all bounds.");
        }
        var largest = _lengths.Max();
        foreach (ref var length in _lengths.AsSpan()) length = Math.Sqrt(Math.Max(length, largest / LargestCondition));
    }

    private static double SumOfSquares(ReadOnlySpan<double> vector)
    {
        var sum = 0.0;
        foreach (var value in vector) sum += value * value;
        return sum;
    }
}
