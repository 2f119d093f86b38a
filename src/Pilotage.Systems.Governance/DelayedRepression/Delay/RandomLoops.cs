namespace Pilotage.Systems.Governance.DelayedRepression;

/// <summary>Feedback loops drawn at random among those that have an interior equilibrium.</summary>
internal static class RandomLoops
{
    private const double NearestBorder = 0.02;           // closer to 0 or 1 the loop is so slow that its delay says nothing

    /// <summary>Draws loops.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seeds">Branch to draw from.</param>
    public static IReadOnlyList<FeedbackLoop> Draw(int count, SeedTree seeds)
    {
        var (random, loops) = (seeds.Start(), new List<FeedbackLoop>(count));
        while (loops.Count < count)
        {
            var punishment = random.NextUniform(1, 20);
            var loop = new FeedbackLoop(punishment * random.NextUniform(0.05, 0.95), punishment, Math.Exp(random.NextUniform(Math.Log(2), Math.Log(40))), random.NextUniform(0.1, 0.9));
            if (!loop.Problems("").Any() && loop.Equilibrium is > NearestBorder and < 1 - NearestBorder) loops.Add(loop);
        }
        return loops;
    }
}
