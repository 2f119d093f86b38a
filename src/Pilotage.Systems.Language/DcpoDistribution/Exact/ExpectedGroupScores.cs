namespace Pilotage.Systems.Language.DcpoDistribution;

/// <summary>What a group's standardised advantage is on average where answers are right or wrong: no drawing, the sum over all numbers of right answers among the others.</summary>
internal static class ExpectedGroupScores
{
    private const double Guard = 1e-6;                    // added to the deviation, as in the released code

    /// <summary>E[f(A) | right] and E[f(A) | wrong], with A = (r - mean) / (sample deviation + 1e-6) in a group of independent answers.</summary>
    /// <param name="share">p: how probable a right answer is, in [0, 1].</param>
    /// <param name="group">G, at least 2.</param>
    /// <param name="of">f; the identity where <see langword="null"/>.</param>
    /// <returns>The two means.</returns>
    public static (double Right, double Wrong) Of(double share, int group, Func<double, double>? of = null)
    {
        var (right, wrong) = (0.0, 0.0);
        for (var others = 0; others < group; others++)
        {
            var probability = Binomial(group - 1, others, share);
            right += probability * Value(1, others + 1);
            wrong += probability * Value(0, others);
        }
        return (right, wrong);

        double Value(double reward, int count)
        {
            var mean = (double)count / group;
            var advantage = (reward - mean) / (Math.Sqrt(mean * (1 - mean) * group / (group - 1)) + Guard);
            return of is null ? advantage : of(advantage);
        }
    }

    /// <summary>The limit of large groups: (1 - p, -p) / sqrt(p (1 - p)), which grows without bound where one kind is rare.</summary>
    /// <param name="share">p.</param>
    public static (double Right, double Wrong) OfPopulation(double share)
    {
        var deviation = Math.Sqrt(share * (1 - share)) + Guard;
        return ((1 - share) / deviation, -share / deviation);
    }

    private static double Binomial(int trials, int successes, double share)
    {
        var probability = 1.0;
        for (var i = 1; i <= successes; i++) probability *= share * (trials - successes + i) / i;
        for (var i = 0; i < trials - successes; i++) probability *= 1 - share;
        return probability;
    }
}
