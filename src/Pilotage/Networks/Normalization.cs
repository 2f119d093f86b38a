namespace Pilotage.Networks;

/// <summary>How a layer normalises the numbers of each row.</summary>
public enum Normalization : byte
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>To mean 0 and variance 1, then a gain and a shift: arXiv:1607.06450.</summary>
    Layer,

    /// <summary>To a mean square of 1, then a gain: arXiv:1910.07467. Cheaper, as good in language models.</summary>
    RootMeanSquare,
}
