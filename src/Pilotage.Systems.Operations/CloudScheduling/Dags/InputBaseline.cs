namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Advantages of plays of one sequence of jobs: what is left to pay at a decision, less what the other plays of the same sequence had left at that time.</summary>
/// <remarks>
/// Mao et al., "Variance reduction for reinforcement learning in input-driven environments", ICLR 2019: whoever meets the same arrivals is the fair comparison, and a baseline that depends on the arrivals
/// alone does not bias the gradient. Between two decisions what is left is taken to fall in a straight line.
/// </remarks>
internal static class InputBaseline
{
    /// <summary>Fills the advantages of one play.</summary>
    /// <param name="plays">Of one sequence; each with the times of its decisions and what was left to pay at each, then the end and 0.</param>
    /// <param name="own">Which of them.</param>
    /// <param name="advantages">Receives one per decision: positive where less was left than in the other plays.</param>
    public static void Fill(IReadOnlyList<(List<double> Times, List<double> Left)> plays, int own, Span<float> advantages)
    {
        for (var i = 0; i < advantages.Length; i++)
        {
            var sum = 0.0;
            for (var other = 0; other < plays.Count; other++)
                if (other != own) sum += LeftAt(plays[other], plays[own].Times[i]);
            advantages[i] = (float)(sum / (plays.Count - 1) - plays[own].Left[i]);
        }
    }

    /// <summary>What a play had left to pay at a time.</summary>
    public static double LeftAt((List<double> Times, List<double> Left) play, double time)
    {
        var place = play.Times.BinarySearch(time);
        if (place >= 0)
        {
            while (place > 0 && play.Times[place - 1] == time) place--;
            return play.Left[place];
        }
        place = ~place;
        if (place == 0) return play.Left[0];
        if (place == play.Times.Count) return 0;
        var share = (time - play.Times[place - 1]) / (play.Times[place] - play.Times[place - 1]);
        return play.Left[place - 1] + share * (play.Left[place] - play.Left[place - 1]);
    }
}
