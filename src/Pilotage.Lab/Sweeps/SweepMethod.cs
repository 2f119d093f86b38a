namespace Pilotage.Lab.Sweeps;

/// <summary>How a sweep looks for better settings.</summary>
public enum SweepMethod
{
    /// <summary>All combinations of a few values of each setting.</summary>
    Grid,

    /// <summary>Values drawn from the ranges, each independently of what was found before.</summary>
    Random,

    /// <summary>Many candidates on a small budget, the best of them on a larger one, and so on (arXiv:1603.06560; here by rounds, so that nothing depends on who is done first).</summary>
    Halving,

    /// <summary>Each candidate where a Gaussian process expects the largest improvement (expected improvement, J. Global Optim. 13, 1998).</summary>
    Bayesian,
}
