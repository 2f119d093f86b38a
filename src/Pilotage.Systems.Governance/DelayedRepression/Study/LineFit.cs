namespace Pilotage.Systems.Governance.DelayedRepression;

/// <summary>A straight line through points, by least squares.</summary>
/// <param name="Slope">Rise for one unit to the right.</param>
/// <param name="Intercept">Value at 0.</param>
/// <param name="Determination">R²: share of the variance that the line explains, in [0, 1].</param>
internal readonly record struct LineFit(double Slope, double Intercept, double Determination)
{
    /// <summary>Fits a line.</summary>
    /// <param name="points">At least two of different x.</param>
    public static LineFit Of(IReadOnlyList<(double X, double Y)> points)
    {
        var (x, y) = (points.Average(point => point.X), points.Average(point => point.Y));
        var (xx, xy, yy) = (points.Sum(point => (point.X - x) * (point.X - x)), points.Sum(point => (point.X - x) * (point.Y - y)), points.Sum(point => (point.Y - y) * (point.Y - y)));
        return new(xy / xx, y - xy / xx * x, yy == 0 ? 0 : xy * xy / (xx * yy));
    }
}
