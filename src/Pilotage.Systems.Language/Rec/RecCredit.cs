using Pilotage.Credit;
using Pilotage.Language.Groups;

namespace Pilotage.Systems.Language.Rec;

/// <summary>Rewards of a group to advantages: A = r - baseline, or standardised, of the answers that are kept; 0 for the dropped.</summary>
/// <param name="config">Valid settings.</param>
internal sealed class RecCredit(RecObjectiveConfig config)
{
    private const double LargestExponent = 30;

    /// <summary>Advantages of groups, row by row.</summary>
    /// <param name="groups">What was drawn.</param>
    /// <param name="step">The learner's step, for the ages.</param>
    /// <param name="random">Decides what is dropped.</param>
    /// <returns>The rows.</returns>
    /// <exception cref="UserMistakeException">A group of one answer that is not allowed, answers without log-probabilities where ratios are needed, or a weight that would overflow.</exception>
    public IReadOnlyList<TokenRow> Rows(IReadOnlyList<ResponseGroup> groups, long step, ref Randomness random)
    {
        var rows = new List<TokenRow>();
        for (var number = 0; number < groups.Count; number++)
        {
            var group = groups[number];
            Check(group);
            var advantages = new float[group.Responses.Count];
            Advantages(group.Rewards, ref random, advantages);
            CheckWeight(group, advantages);
            for (var i = 0; i < advantages.Length; i++)
            {
                var tokens = new float[group.Responses[i].Tokens.Length];
                Array.Fill(tokens, advantages[i]);
                rows.Add(TokenRow.Of(group, i, tokens, number, step));
            }
        }
        return rows;
    }

    /// <summary>Advantages of one group.</summary>
    /// <param name="rewards">At least one.</param>
    /// <param name="random">Decides what is dropped.</param>
    /// <param name="advantages">Receives one for each.</param>
    public void Advantages(ReadOnlySpan<float> rewards, ref Randomness random, Span<float> advantages)
    {
        if (rewards.Length == 1)
        {
            advantages[0] = rewards[0];
            return;
        }
        Span<bool> kept = stackalloc bool[rewards.Length];
        kept.Fill(true);
        if (config.Drop) GroupScores.Balance(rewards, ref random, kept);
        Span<float> learned = stackalloc float[rewards.Length];
        var count = 0;
        for (var i = 0; i < rewards.Length; i++)
            if (kept[i]) learned[count++] = rewards[i];
        learned = learned[..count];
        Span<float> scores = stackalloc float[count];
        if (config.Baseline == RewardBaseline.LogMeanExp) AroundLogMeanExp(learned, scores);
        else if (config.Standardize) GroupScores.Standardize(learned, scores, population: true);
        else GroupScores.Centre(learned, scores);
        advantages.Clear();
        for (var (i, next) = (0, 0); i < rewards.Length; i++)
            if (kept[i]) advantages[i] = scores[next++];
    }

    private void AroundLogMeanExp(ReadOnlySpan<float> rewards, Span<float> scores)
    {
        var (largest, sum) = (double.NegativeInfinity, 0.0);
        foreach (var reward in rewards) largest = Math.Max(largest, reward / config.Temperature);
        foreach (var reward in rewards) sum += Math.Exp(reward / config.Temperature - largest);
        var baseline = config.Temperature * (largest + Math.Log(sum / rewards.Length));
        for (var i = 0; i < rewards.Length; i++) scores[i] = (float)(rewards[i] - baseline);
    }

    private void Check(ResponseGroup group)
    {
        if (group.Responses.Count == 1 && !config.AllowSingleton)
        {
            throw new UserMistakeException(new Mistake("PIL1876", "A group has one answer only; a group baseline needs at least 2.", $"problem {group.Problem.Id}",
                "Draw more answers to each problem (batch.groupSize), or set allowSingleton to take the reward itself as advantage.").ToString());
        }
        var response = config.NeedsRatios ? group.Responses.FirstOrDefault(each => each.LogProbabilities.Length != each.Tokens.Length) : null;
        if (response is not null)
        {
            throw new UserMistakeException(new Mistake("PIL1877",
                FormattableString.Invariant($"An answer has log-probabilities of {response.LogProbabilities.Length} of its tokens ({response.Tokens.Length}); mask {config.Mask}, weight {config.Weight} and regulariser {config.Regularizer} need all."),
                $"problem {group.Problem.Id}", "Log them when answers are drawn, or take mask: none with weight: none or advantage and regularizer: none or forward, which need none.").ToString());
        }
    }

    private void CheckWeight(ResponseGroup group, ReadOnlySpan<float> advantages)
    {
        if (config.Weight != RatioWeight.Advantage) return;
        foreach (var advantage in advantages)
        {
            if (advantage / config.Temperature <= LargestExponent) continue;
            throw new UserMistakeException(new Mistake("PIL1878", FormattableString.Invariant($"The weight exp(A / T) of an answer would be exp({advantage / config.Temperature:G3}), with A = {advantage} and T = {config.Temperature}; at most exp({LargestExponent})."),
                $"problem {group.Problem.Id}", "Raise objective.temperature, or scale the rewards.").ToString());
        }
    }
}
