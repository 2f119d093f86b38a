using Pilotage.Tensors;

namespace Pilotage.Distributions;

/// <summary>What a policy says of its actions in a step: one categorical choice or several over legal actions, a diagonal Gaussian, or both at once.</summary>
/// <remarks>A handle like <see cref="Tensor"/>: valid until the step ends.</remarks>
public readonly struct ActionDistribution
{
    private readonly Kind _kind;
    private readonly Tensor _logPi;
    private readonly Tensor _logDeviation;
    private readonly Tensor _mean;

    private ActionDistribution(Kind kind, Tensor logPi, Tensor mean, Tensor logDeviation)
    {
        _kind = kind;
        _logPi = logPi;
        _mean = mean;
        _logDeviation = logDeviation;
    }

    private enum Kind : byte
    {
        Categorical, MultiDiscrete, Gaussian, Composite,
    }

    /// <summary>Makes a categorical distribution.</summary>
    /// <param name="logits">[rows, actions].</param>
    /// <param name="legal">[rows, actions]; default for no mask.</param>
    /// <returns>The distribution.</returns>
    public static ActionDistribution FromLogits(Tensor logits, Mask legal = default) => new(Kind.Categorical, Categorical.Normalize(logits, legal), default, default);

    /// <summary>Makes a distribution over several independent choices.</summary>
    /// <param name="logits">[rows, sum of counts]: the choices one after the other.</param>
    /// <param name="counts">Number of actions of each choice.</param>
    /// <param name="legal">[rows, sum of counts]; default for no mask.</param>
    /// <returns>The distribution.</returns>
    public static ActionDistribution FromChoices(Tensor logits, IReadOnlyList<int> counts, Mask legal = default) =>
        new(Kind.MultiDiscrete, MultiDiscrete.Normalize(logits, counts, legal), default, default);

    /// <summary>Makes a diagonal Gaussian.</summary>
    /// <param name="mean">[rows, dimensions].</param>
    /// <param name="logDeviation">[dimensions] or [rows, dimensions].</param>
    /// <returns>The distribution.</returns>
    public static ActionDistribution FromMoments(Tensor mean, Tensor logDeviation) => new(Kind.Gaussian, default, mean, logDeviation);

    /// <summary>Makes independent choices and a diagonal Gaussian that are taken together.</summary>
    /// <param name="logits">[rows, sum of counts]: the choices one after the other.</param>
    /// <param name="counts">Number of actions of each choice.</param>
    /// <param name="legal">[rows, sum of counts]; default for no mask.</param>
    /// <param name="mean">[rows, dimensions].</param>
    /// <param name="logDeviation">[dimensions] or [rows, dimensions].</param>
    /// <returns>The distribution.</returns>
    public static ActionDistribution FromBoth(Tensor logits, IReadOnlyList<int> counts, Mask legal, Tensor mean, Tensor logDeviation) =>
        new(Kind.Composite, MultiDiscrete.Normalize(logits, counts, legal), mean, logDeviation);

    /// <summary>Normalised log-probabilities of one choice, [rows, actions], or of several, [rows, choices, largest].</summary>
    /// <exception cref="InvalidOperationException">The distribution is Gaussian alone.</exception>
    public Tensor LogProbabilities => _kind != Kind.Gaussian ? _logPi : throw new InvalidOperationException("A Gaussian has no probabilities of choices.");

    /// <summary>Means of the Gaussian, [rows, dimensions].</summary>
    /// <exception cref="InvalidOperationException">The distribution is categorical alone.</exception>
    public Tensor Mean => _kind is Kind.Gaussian or Kind.Composite ? _mean : throw new InvalidOperationException("A categorical distribution has no mean.");

    /// <summary>Logarithm of the standard deviations of the Gaussian, [dimensions] or [rows, dimensions].</summary>
    /// <exception cref="InvalidOperationException">The distribution is categorical alone.</exception>
    public Tensor LogDeviation => _kind is Kind.Gaussian or Kind.Composite ? _logDeviation : throw new InvalidOperationException("A categorical distribution has no deviation.");

    /// <summary>Log-probability, or log-density, of chosen actions.</summary>
    /// <param name="indices">[rows], or [rows, choices] of several; not read by a Gaussian alone.</param>
    /// <param name="values">[rows, dimensions]; read by a Gaussian.</param>
    /// <returns>[rows]; of both at once the sum of log-probability and log-density, for the parts are independent given the state.</returns>
    public Tensor LogProbability(Indices indices, Tensor values) => _kind switch
    {
        Kind.Gaussian => DiagonalGaussian.LogProbability(_mean, _logDeviation, values),
        Kind.MultiDiscrete => MultiDiscrete.LogProbability(_logPi, indices),
        Kind.Composite => MultiDiscrete.LogProbability(_logPi, indices) + DiagonalGaussian.LogProbability(_mean, _logDeviation, values),
        _ => Categorical.LogProbability(_logPi, indices),
    };

    /// <summary>Mean entropy over the rows, in nats.</summary>
    /// <returns>A scalar.</returns>
    public Tensor MeanEntropy() => (_kind switch
    {
        Kind.Gaussian => DiagonalGaussian.Entropy(_logDeviation),
        Kind.MultiDiscrete => MultiDiscrete.Entropy(_logPi),
        Kind.Composite => MultiDiscrete.Entropy(_logPi) + DiagonalGaussian.Entropy(_logDeviation),
        _ => Categorical.Entropy(_logPi),
    }).Mean();
}
