namespace Pilotage.Evaluation.Statistics;

/// <summary>What a sample says of a number: an estimate, and an interval and a test that always agree.</summary>
/// <remarks>
/// Agreement: <c>PAbove(b) ≤ e</c> exactly when <c>b</c> lies below <c>Bounds(e).Low</c>, and <c>PBelow(b) ≤ e</c> exactly when it lies above
/// <c>Bounds(e).High</c>, but for rounding. So a verdict read off the interval is the test's. Implementations are immutable.
/// </remarks>
public interface IInference
{
    /// <summary>The method in words.</summary>
    string Name { get; }

    /// <summary>Number of independent units.</summary>
    int Units { get; }

    /// <summary>The estimate.</summary>
    double Estimate { get; }

    /// <summary>The least one-sided p that any sample of this size could give.</summary>
    double SmallestP { get; }

    /// <summary>The interval whose ends each err with a given probability.</summary>
    /// <param name="errorPerEnd">In (0, 0.5): 0.025 for a two-sided interval of 95 %.</param>
    /// <returns>The interval; infinite where <paramref name="errorPerEnd"/> is below <see cref="SmallestP"/>.</returns>
    Interval Bounds(double errorPerEnd);

    /// <summary>One-sided p of "the number lies above the border".</summary>
    /// <param name="border">Any number.</param>
    /// <returns>In (0, 1]; 0 only where the method has no smallest p.</returns>
    double PAbove(double border);

    /// <summary>One-sided p of "the number lies below the border".</summary>
    /// <param name="border">Any number.</param>
    /// <returns>In (0, 1]; 0 only where the method has no smallest p.</returns>
    double PBelow(double border);
}
