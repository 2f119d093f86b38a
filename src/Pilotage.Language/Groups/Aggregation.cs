namespace Pilotage.Language.Groups;

/// <summary>How losses of single tokens become one number.</summary>
public enum Aggregation : byte
{
    /// <summary>Mean over all tokens of the minibatch: long answers count more (DAPO, arXiv:2503.14476).</summary>
    TokenMean,

    /// <summary>Mean over each answer's tokens, then over answers: a token of a long answer counts less (GRPO, arXiv:2402.03300).</summary>
    ResponseMean,

    /// <summary>Sum over tokens, divided by answers times a constant length: every token counts the same in every minibatch (Dr. GRPO, arXiv:2503.20783).</summary>
    ConstantLength,
}
