namespace Pilotage.Language.Groups;

/// <summary>One answer as learning sees it.</summary>
/// <param name="Prompt">Tokens that were given, a lead included; at least one.</param>
/// <param name="Response">Tokens that were chosen.</param>
/// <param name="LogProbabilities">Of each under the policy that drew it; empty where unknown.</param>
/// <param name="Advantages">Of each token.</param>
public sealed record TokenRow(ReadOnlyMemory<int> Prompt, ReadOnlyMemory<int> Response, float[] LogProbabilities, float[] Advantages)
{
    /// <summary>What a value head is to say at each token; empty where none learns.</summary>
    public float[] Targets { get; init; } = [];

    /// <summary>Rows of the same number answer the same problem and stay in the same minibatch.</summary>
    public int Group { get; init; }

    /// <summary>What the verifier gave.</summary>
    public float Reward { get; init; }

    /// <summary>Steps of the learner since the answer was drawn.</summary>
    public long Age { get; init; }

    /// <summary>The answer's tag; see <see cref="GroupResponse.Tag"/>.</summary>
    public string Tag { get; init; } = "";

    /// <summary>Places that the row takes in a batch of its own.</summary>
    public int Length => Prompt.Length + Math.Max(Response.Length - 1, 0);

    /// <summary>Lays out groups, every token with its answer's advantage.</summary>
    /// <param name="groups">What was drawn.</param>
    /// <param name="credit">Rewards of a group to advantages of its answers.</param>
    /// <param name="step">The learner's step, for the ages.</param>
    /// <returns>One for each answer, groups in order.</returns>
    public static IReadOnlyList<TokenRow> Of(IReadOnlyList<ResponseGroup> groups, GroupCredit credit, long step = 0)
    {
        var rows = new List<TokenRow>();
        for (var group = 0; group < groups.Count; group++)
        {
            var advantages = new float[groups[group].Responses.Count];
            credit(groups[group].Rewards, advantages);
            for (var i = 0; i < advantages.Length; i++) rows.Add(Of(groups[group], i, Filled(advantages[i], groups[group].Responses[i].Tokens.Length), group, step));
        }
        return rows;
    }

    /// <summary>Lays out one answer.</summary>
    /// <param name="group">Its group.</param>
    /// <param name="index">Which answer.</param>
    /// <param name="advantages">Of each of its tokens.</param>
    /// <param name="number">The row's <see cref="Group"/>.</param>
    /// <param name="step">The learner's step, for the age.</param>
    /// <returns>The row.</returns>
    public static TokenRow Of(ResponseGroup group, int index, float[] advantages, int number, long step = 0)
    {
        var response = group.Responses[index];
        int[] prompt = response.Lead.Length == 0 ? group.Prompt : [.. group.Prompt, .. response.Lead];
        return new(prompt, response.Tokens, response.LogProbabilities, advantages)
        {
            Group = number, Reward = response.Reward, Age = group.Age(step), Tag = response.Tag,
        };
    }

    private static float[] Filled(float value, int count)
    {
        var values = new float[count];
        Array.Fill(values, value);
        return values;
    }
}
