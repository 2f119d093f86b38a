using System.Globalization;

namespace Pilotage.Experience.Datasets;

/// <summary>How good the play in a data set is (TQ): its mean return between that of random play, 0, and that of the best policy known, 1.</summary>
/// <remarks>Source: arXiv:2111.04714, section 3. Not clipped: play may be worse than random or better than the reference.</remarks>
public static class TrajectoryQuality
{
    /// <summary>TQ = (ḡ - ḡ_min) / (ḡ_max - ḡ_min).</summary>
    /// <param name="meanReturn">ḡ, mean undiscounted return of the complete episodes.</param>
    /// <param name="random">ḡ_min, mean return of random play.</param>
    /// <param name="expert">ḡ_max, mean return of the best online policy.</param>
    /// <returns>0 for random play, 1 for the expert's; any finite number.</returns>
    /// <exception cref="UserMistakeException">The references are equal, or a number is not finite (PIL1114).</exception>
    public static double Of(double meanReturn, double random, double expert)
    {
        if (double.IsFinite(meanReturn) && double.IsFinite(random) && double.IsFinite(expert) && random != expert) return (meanReturn - random) / (expert - random);
        var text = string.Create(CultureInfo.InvariantCulture, $"Quality cannot be measured with a mean return of {meanReturn}, a random reference of {random} and an expert reference of {expert}.");
        throw new UserMistakeException(new Mistake("PIL1114", text, "", "Give finite references that differ: the mean return of random play, and that of the best policy known.").ToString());
    }
}
