namespace Pilotage.Evaluation.Statistics;

/// <summary>Which inference a sample gets: one rule for the whole house.</summary>
public static class Inference
{
    /// <summary>From this many units on the bootstrap is used: below, a resample is too coarse a picture of the sample, and 2^11 sign patterns are few enough to try all.</summary>
    public const int BootstrapUnits = 12;

    /// <summary>The branch that bootstraps draw from if no other is given: a figure computed twice from the same results is the same.</summary>
    public static SeedTree DefaultSeeds => SeedTree.Root(0).Branch("bootstrap");

    /// <summary>The mean of independent units: exact sign-flip test and t interval below twelve, studentised bootstrap from there.</summary>
    /// <param name="units">At least one; usually paired differences.</param>
    /// <param name="seeds">Branch for the draws.</param>
    /// <param name="resamples">Number of resamples, where there are any.</param>
    /// <returns>
    /// The inference. Below twelve units its interval is the t interval, widened where the exact test at the same level is less certain; at levels
    /// that the exact test cannot reach it is infinite, so that no verdict rests on normality alone.
    /// </returns>
    public static IInference OfMean(ReadOnlySpan<double> units, SeedTree seeds, int resamples = PercentileBootstrap.DefaultResamples) =>
        units.Length < BootstrapUnits
            ? new StrictestInference(TInference.OfMean(units), new SignFlip(units))
            : new StudentisedBootstrap(units, seeds, resamples);

    /// <summary>The mean of independent units, for tables that only describe: always a finite interval from two units on.</summary>
    /// <param name="units">At least one.</param>
    /// <param name="seeds">Branch for the draws.</param>
    /// <returns>The t inference below twelve units, the studentised bootstrap from there.</returns>
    public static IInference ToDescribe(ReadOnlySpan<double> units, SeedTree seeds) =>
        units.Length < BootstrapUnits ? TInference.OfMean(units) : new StudentisedBootstrap(units, seeds);

    /// <summary>The least p that <see cref="OfMean"/> could give.</summary>
    /// <param name="units">Number of units, at least 1.</param>
    /// <param name="sides">Two-sided p are twice the one-sided.</param>
    /// <param name="resamples">Number of resamples, from twelve units on.</param>
    /// <returns>The p that units of one sign, far from the border, would give; at most 1.</returns>
    public static double SmallestP(int units, Sides sides, int resamples = PercentileBootstrap.DefaultResamples)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(units, 1);
        var oneSided = units == 1 ? 1 : units < BootstrapUnits ? Math.ScaleB(1, -units) : 1.0 / (resamples + 1);
        return Math.Min(1, oneSided * Factor(sides));
    }

    internal static int Factor(Sides sides) => sides == Sides.Two ? 2 : 1;
}
