namespace Pilotage.Systems.Control.DatasetPerspective;

/// <summary>Which family suits a log, by the quadrant that it lies in.</summary>
/// <remarks>
/// Source: arXiv:2111.04714 (abstract and blog): cloning wants trajectory quality, Q-learning wants coverage, constrained values cope with moderate amounts of both. Which of a family is named first follows from this system's
/// study on seeds from 1000 on.
/// </remarks>
/// <param name="Algorithm">To be trained.</param>
/// <param name="Reason">Why, in one sentence.</param>
internal sealed record Advice(string Algorithm, string Reason)
{
    /// <summary>Recommends an algorithm.</summary>
    /// <param name="quality">TQ; <see langword="null"/> if not known.</param>
    /// <param name="coverage">SACo; <see langword="null"/> if not known.</param>
    public static Advice For(double? quality, double? coverage) => (quality >= Quadrant.Border, coverage >= Quadrant.Border) switch
    {
        _ when quality is null && coverage is null => new("cql", "neither trajectory quality nor coverage is known, and conservative values need least of either; set randomReturn and expertReturn to know more"),
        _ when coverage is null => quality >= Quadrant.Border
            ? new("bc", "the trajectories are good, which cloning needs; whether the data cover enough for anything else is not known")
            : new("cql", "the trajectories are not good enough to be cloned, and whether the data cover enough for plain Q-learning is not known"),
        (_, true) when quality is null => new("cql", "the data cover much; whether the trajectories are good is not known"),
        (_, false) when quality is null => new("cql", "the data cover little, where plain Q-learning fails; whether the trajectories are good enough to be cloned is not known"),
        (true, false) => new("bc", "the trajectories are good and the data cover little: cloning does as well as anything, and Q-learning believes in what it never saw"),
        (true, true) => new("cql", "the trajectories are good and the data cover much: constrained values can improve on them, cloning cannot"),
        (false, true) => new("dqn", "the trajectories are poor and the data cover much: Q-learning can put better ones together"),
        (false, false) => new("cql", "the trajectories are poor and the data cover little: nothing does well here, constrained values least badly; more varied data would help more than any algorithm"),
    };
}
