namespace Pilotage.Algorithms.Evolution;

/// <summary>How much of the search distribution's covariance is learned.</summary>
public enum CovarianceForm
{
    /// <summary>Full up to 300 parameters, diagonal above.</summary>
    Automatic,

    /// <summary>All of it: the same on rotated problems. O(n^2) numbers and time for each candidate.</summary>
    Full,

    /// <summary>The diagonal alone (separable): O(n), learns faster, and is slow where parameters must change together.</summary>
    Diagonal,
}
