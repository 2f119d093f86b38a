using Pilotage.Language.Generation;

namespace Pilotage.Language.Groups;

/// <summary>One answer of a group, with what learning from it needs.</summary>
/// <param name="Tokens">What was chosen, the end token included where one was drawn.</param>
/// <param name="LogProbabilities">Of each token under the policy that drew it; as many as tokens, or none where they are not known (logged data).</param>
/// <param name="Reason">Why it ended.</param>
/// <param name="Reward">What the verifier gave, any unit.</param>
public sealed record GroupResponse(int[] Tokens, float[] LogProbabilities, FinishReason Reason, float Reward)
{
    /// <summary>The text of the tokens, as the verifier read it.</summary>
    public string Text { get; init; } = "";

    /// <summary>Tokens between the prompt and the response that were given, not chosen: a budget in words, a tag that opens a thought. No gradient reaches them.</summary>
    public int[] Lead { get; init; } = [];

    /// <summary>What tells this answer from its siblings, in a form of the sampler's own: a path in a tree (<c>0/2/1</c>), a budget (<c>24</c>). Empty where there is nothing to tell.</summary>
    public string Tag { get; init; } = "";
}
