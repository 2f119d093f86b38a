using Pilotage.Tensors;

namespace Pilotage.Distributions;

/// <summary>What a policy says of its actions in a step: categorical over legal actions, or a diagonal Gaussian.</summary>
/// <remarks>A handle like <see cref="Tensor"/>: valid until the step ends.</remarks>
public readonly struct ActionDistribution
{
    private readonly bool _isGaussian;
    private readonly Tensor _first;
    private readonly Tensor _second;

    private ActionDistribution(bool isGaussian, Tensor first, Tensor second)
    {
        _isGaussian = isGaussian;
        _first = first;
        _second = second;
    }

    /// <summary>Makes a categorical distribution.</summary>
    /// <param name="logits">[rows, actions].</param>
    /// <param name="legal">[rows, actions]; default for no mask.</param>
    /// <returns>The distribution.</returns>
    public static ActionDistribution FromLogits(Tensor logits, Mask legal = default) => new(false, Categorical.Normalize(logits, legal), default);

    /// <summary>Makes a diagonal Gaussian.</summary>
    /// <param name="mean">[rows, dimensions].</param>
    /// <param name="logDeviation">[dimensions] or [rows, dimensions].</param>
    /// <returns>The distribution.</returns>
    public static ActionDistribution FromMoments(Tensor mean, Tensor logDeviation) => new(true, mean, logDeviation);

    /// <summary>Normalised log-probabilities [rows, actions] of a categorical distribution; the mean [rows, dimensions] of a Gaussian.</summary>
    public Tensor Location => _first;

    /// <summary>Logarithm of the standard deviations of a Gaussian.</summary>
    /// <exception cref="InvalidOperationException">The distribution is categorical.</exception>
    public Tensor LogDeviation => _isGaussian ? _second : throw new InvalidOperationException("A categorical distribution has no deviation.");

    /// <summary>Log-probability, or log-density, of chosen actions.</summary>
    /// <param name="indices">[rows]; read by a categorical distribution.</param>
    /// <param name="values">[rows, dimensions]; read by a Gaussian.</param>
    /// <returns>[rows].</returns>
    public Tensor LogProbability(Indices indices, Tensor values) =>
        _isGaussian ? DiagonalGaussian.LogProbability(_first, _second, values) : Categorical.LogProbability(_first, indices);

    /// <summary>Mean entropy over the rows, in nats.</summary>
    /// <returns>A scalar.</returns>
    public Tensor MeanEntropy() => (_isGaussian ? DiagonalGaussian.Entropy(_second) : Categorical.Entropy(_first)).Mean();
}
