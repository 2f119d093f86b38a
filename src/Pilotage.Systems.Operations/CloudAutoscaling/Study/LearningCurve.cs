namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>Reads a learning curve.</summary>
internal static class LearningCurve
{
    private const double Share = 0.95;                   // of the final reward, as in the claim
    private const int Agreeing = 3;                      // points in a row, so that one lucky table does not count
    private const int FinalShare = 5;                    // the last fifth of the points is the end: greedy tables go up and down to the last day

    /// <summary>The first day from which three points in a row are within 5 % of the reward at the end.</summary>
    /// <param name="curve">Day and mean reward of the greedy policy, in order; at least one point. Rewards are negative: within 5 % is r >= final - 0.05 |final|.</param>
    /// <returns>The day of the first of the three; the last point's day if it never happens before.</returns>
    /// <remarks>The reward at the end is the mean of the last fifth of the points: a single last table may be a bad one, and then every early one would be near it.</remarks>
    public static int DaysToFinal(IReadOnlyList<(int Day, double Reward)> curve)
    {
        var final = curve.Skip(curve.Count - Math.Max(1, curve.Count / FinalShare)).Average(point => point.Reward);
        var enough = final - (1 - Share) * Math.Abs(final);
        for (var i = 0; i + Agreeing <= curve.Count; i++)
            if (curve.Skip(i).Take(Agreeing).All(point => point.Reward >= enough)) return curve[i].Day;
        return curve[^1].Day;
    }
}
