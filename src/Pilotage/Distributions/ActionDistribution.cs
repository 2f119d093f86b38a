using Pilotage.Tensors;

namespace Pilotage.Distributions;

/// <summary>What a policy says of its actions in a step: one categorical choice or several over legal actions, or a diagonal Gaussian.</summary>
/// <remarks>A handle like <see cref="Tensor"/>: valid until the step ends.</remarks>
public readonly struct ActionDistribution
{
    private readonly Kind _kind;
    private readonly Tensor _first;
    private readonly Tensor _second;

    private ActionDistribution(Kind kind, Tensor first, Tensor second)
    {
        _kind = kind;
        _first = first;
        _second = second;
    }

    private enum Kind : byte
    {
        Categorical, MultiDiscrete, Gaussian,
    }

    /// <summary>Makes a categorical distribution.</summary>
    /// <param name="logits">[rows, actions].</param>
    /// <param name="legal">[rows, actions]; default for no mask.</param>
    /// <returns>The distribution.</returns>
    public static ActionDistribution FromLogits(Tensor logits, Mask legal = default) => new(Kind.Categorical, Categorical.Normalize(logits, legal), default);

    /// <summary>Makes a distribution over several independent choices.</summary>
    /// <param name="logits">[rows, sum of counts]: the choices one after the other.</param>
    /// <param name="counts">Number of actions of each choice.</param>
    /// <param name="legal">[rows, sum of counts]; default for no mask.</param>
    /// <returns>The distribution.</returns>
    public static ActionDistribution FromChoices(Tensor logits, IReadOnlyList<int> counts, Mask legal = default) =>
        new(Kind.MultiDiscrete, MultiDiscrete.Normalize(logits, counts, legal), default);

    /// <summary>Makes a diagonal Gaussian.</summary>
    /// <param name="mean">[rows, dimensions].</param>
    /// <param name="logDeviation">[dimensions] or [rows, dimensions].</param>
    /// <returns>The distribution.</returns>
    public static ActionDistribution FromMoments(Tensor mean, Tensor logDeviation) => new(Kind.Gaussian, mean, logDeviation);

    /// <summary>Normalised log-probabilities of a categorical distribution, [rows, actions], or of several choices, [rows, choices, largest]; the mean [rows, dimensions] of a Gaussian.</summary>
    public Tensor Location => _first;

    /// <summary>Logarithm of the standard deviations of a Gaussian.</summary>
    /// <exception cref="InvalidOperationException">The distribution is categorical.</exception>
    public Tensor LogDeviation => _kind == Kind.Gaussian ? _second : throw new InvalidOperationException("A categorical distribution has no deviation.");

    /// <summary>Log-probability, or log-density, of chosen actions.</summary>
    /// <param name="indices">[rows], or [rows, choices] of several; read by categorical distributions.</param>
    /// <param name="values">[rows, dimensions]; read by a Gaussian.</param>
    /// <returns>[rows].</returns>
    public Tensor LogProbability(Indices indices, Tensor values) => _kind switch
    {
        Kind.Gaussian => DiagonalGaussian.LogProbability(_first, _second, values),
        Kind.MultiDiscrete => MultiDiscrete.LogProbability(_first, indices),
        _ => Categorical.LogProbability(_first, indices),
    };

    /// <summary>Mean entropy over the rows, in nats.</summary>
    /// <returns>A scalar.</returns>
    public Tensor MeanEntropy() => (_kind switch
    {
        Kind.Gaussian => DiagonalGaussian.Entropy(_second),
        Kind.MultiDiscrete => MultiDiscrete.Entropy(_first),
        _ => Categorical.Entropy(_first),
    }).Mean();
}
