using Pilotage.Policies;

namespace Pilotage.Systems.Control.Stac;

/// <summary>A policy of the sweep, or a rule.</summary>
/// <param name="Name">In tables: <c>stac beta 0.25</c>.</param>
/// <param name="Policies">One for each training seed; the rule alone.</param>
/// <param name="Validation">Mean return on validation episodes, one for each.</param>
internal sealed record StacCandidate(string Name, IReadOnlyList<IPolicy> Policies, IReadOnlyList<double> Validation)
{
    /// <summary>Pessimism; <see langword="null"/> for rules.</summary>
    public double? Beta { get; init; }

    /// <summary>Along each training: environment steps, return on validation episodes, signed value error.</summary>
    public IReadOnlyList<IReadOnlyList<(long Steps, double Return, double Error)>> Curves { get; init; } = [];

    /// <summary>Iterations, over all seeds, in which the critic was surprised far beyond its own deviations.</summary>
    public long Surprised { get; init; }

    /// <summary>The seed whose policy did best on validation episodes.</summary>
    public int BestSeed => Enumerable.Range(0, Validation.Count).MaxBy(seed => Validation[seed]);

    /// <summary>Mean over seeds of the mean value error over the last quarter of the training; NaN for rules.</summary>
    public double FinalError => Curves.Count == 0 ? double.NaN : Curves.Average(curve => curve.TakeLast(Math.Max(1, curve.Count / 4)).Average(point => point.Error));
}
