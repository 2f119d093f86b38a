using Pilotage.Language.Groups;

namespace Pilotage.Systems.Language.TreePo;

/// <summary>What several answers agree on.</summary>
internal static class MajorityVote
{
    /// <summary>Whether the most frequent answer is right; of equally frequent ones the first that was given. Texts without an answer do not vote.</summary>
    /// <param name="group">Answers of which equal ones have equal rewards.</param>
    /// <param name="answerOf">What a text answers; <see langword="null"/> for none.</param>
    public static bool IsRight(ResponseGroup group, Func<string, string?> answerOf)
    {
        var best = group.Responses.Select(response => (Answer: answerOf(response.Text), response.Reward)).Where(vote => vote.Answer is not null)
            .GroupBy(vote => vote.Answer).MaxBy(votes => votes.Count());
        return best is not null && best.First().Reward > 0;
    }

    /// <summary>What stands in the last pair of square brackets.</summary>
    public static string? Boxed(string text)
    {
        var end = text.LastIndexOf(']');
        var start = end < 0 ? -1 : text.LastIndexOf('[', end);
        return start < 0 ? null : text[(start + 1)..end];
    }
}
